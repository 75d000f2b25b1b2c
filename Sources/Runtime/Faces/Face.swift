public import Pixels

/// A detected face.
///
/// ```swift
/// for face in try await detector.faces(in: image) where face.confidence > 0.9 {
///     print(face.box.width, face.landmarks.leftEye, face.landmarks.roll)
///     print(face.shareOutside(width: image.width, height: image.height))
/// }
/// ```
public struct Face: Hashable, Codable, Sendable {
    /// The face's box, in the picture's pixels; it may reach outside the picture.
    public var box: Box
    /// The detector's confidence, 0...1; comparable only within one detector.
    public var confidence: Float
    /// The five landmarks, in the picture's pixels.
    public var landmarks: Landmarks

    /// Creates a face from a detector's output.
    public init(box: Box, confidence: Float, landmarks: Landmarks) {
        self.box = box
        self.confidence = confidence
        self.landmarks = landmarks
    }

    /// Returns the same face with every coordinate scaled and then shifted.
    public func mapped(scale: Float, dx: Float = 0, dy: Float = 0) -> Face {
        Face(
            box: Box(
                x: box.x * scale + dx, y: box.y * scale + dy, width: box.width * scale, height: box.height * scale),
            confidence: confidence,
            landmarks: landmarks.mapped { Point(x: $0.x * scale + dx, y: $0.y * scale + dy) })
    }

    /// Checks that the confidence is from 0 to 1, the box has an area, and all coordinates are finite.
    ///
    /// - Throws: ``FaceError/invalidFace(_:)``.
    public func check() throws(FaceError) {
        guard (0...1).contains(confidence) else {
            throw .invalidFace("its confidence is \(confidence), but must be from 0 to 1")
        }
        guard box.x.isFinite, box.y.isFinite, box.width.isFinite, box.height.isFinite else {
            throw .invalidFace("its box has a coordinate that is not a finite number")
        }
        guard box.width > 0, box.height > 0 else {
            throw .invalidFace("its box is \(box.width) pixels wide and \(box.height) pixels high")
        }
        guard landmarks.points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
            throw .invalidFace("a landmark has a coordinate that is not a finite number")
        }
    }
}
