public import Faces
public import Pixels

/// Examines detected faces a second time: are they faces, and are they upright?
///
/// Each face is cropped and turned upright according to its landmarks. It is then examined at 0, 90, 180 and 270
/// degrees. The examination takes five detector runs at 256 × 256 pixels for each face.
public struct FaceExaminer: Sendable {
    private let turning: (any FaceDetector)?
    private let confirming: (any FaceDetector)?

    /// Creates an examiner from two detectors.
    ///
    /// - Parameters:
    ///   - turning: Finds out which way up a face is; if `nil`, that stays unknown.
    ///   - confirming: Finds out whether it is a face, best with a different detector from the one that found it; if
    ///     `nil`, that stays unknown.
    public init(turning: (any FaceDetector)?, confirming: (any FaceDetector)?) {
        self.turning = turning
        self.confirming = confirming
    }

    /// Returns the evidence for each of `faces`, which were found in `image`, in their order.
    ///
    /// - Throws: The errors of the detectors.
    public func evidence(for faces: [Face], in image: Image) async throws -> [FaceEvidence] {
        var evidence: [FaceEvidence] = []
        for face in faces {
            guard let transform = try? face.transform(to: Self.template), transform.scale > 0 else {
                evidence.append(FaceEvidence(confirmation: 0, turnedLead: nil))
                continue
            }
            let side = Self.template.size
            let crop = image.warped(by: transform, width: side, height: side)
            let confirmed = try await confirming.asyncMap { try await Self.face(of: $0, in: crop) } ?? nil
            evidence.append(
                FaceEvidence(
                    confirmation: confirming == nil ? nil : confirmed?.confidence ?? 0,
                    turnedLead: try await turning.asyncMap { try await Self.turnedLead(of: $0, in: crop) } ?? nil,
                    residualRoll: confirmed?.landmarks.roll))
        }
        return evidence
    }

    /// An alignment with a wide margin: detectors need some surroundings to find a face.
    static let template = AlignmentTemplate.loose(size: 256, margin: 1)

    private static func turnedLead(of detector: any FaceDetector, in crop: Image) async throws -> Float? {
        let upright = try await face(of: detector, in: crop)?.confidence ?? 0
        var turned: Float = 0
        for orientation in [Orientation.right, .down, .left] {
            turned = max(turned, try await face(of: detector, in: crop.oriented(orientation))?.confidence ?? 0)
        }
        return max(upright, turned) > 0 ? turned - upright : nil
    }

    /// Returns the face in the middle of the crop, of about the expected size, for which `detector` is most confident;
    /// `nil` if it finds none.
    private static func face(of detector: any FaceDetector, in crop: Image) async throws -> Face? {
        let side = Float(crop.width), middle = side / 2
        return try await detector.faces(in: crop).filter { face in
            let dx = face.box.center.x - middle, dy = face.box.center.y - middle
            let size = face.box.area.squareRoot()
            return (dx * dx + dy * dy).squareRoot() < 0.2 * side && size > 0.2 * side && size < 0.9 * side
        }.max { $0.confidence < $1.confidence }
    }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let value = self else { return nil }
        return try await transform(value)
    }
}
