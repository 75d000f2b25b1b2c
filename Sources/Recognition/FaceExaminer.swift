public import Faces
public import Pixels

/// Looks a second time at faces that were found: are they faces, and the right way up?
///
/// Each face is cut out, turned upright by its landmarks, and looked at as it is and turned by 90, 180 and 270 degrees. It
/// takes five looks at 256 × 256 pixels a face.
public struct FaceExaminer: Sendable {
    private let turning: (any FaceDetector)?
    private let confirming: (any FaceDetector)?

    /// An examiner of detectors at hand.
    ///
    /// - Parameters:
    ///   - turning: Says which way up a face is; `nil` leaves that unknown.
    ///   - confirming: Says whether it is one; best another one than that which found it. `nil` leaves that unknown.
    public init(turning: (any FaceDetector)?, confirming: (any FaceDetector)?) {
        self.turning = turning
        self.confirming = confirming
    }

    /// What speaks for each of `faces`, which were found in `image`, in their order.
    ///
    /// - Throws: What the detectors throw.
    public func evidence(for faces: [Face], in image: Image) async throws -> [FaceEvidence] {
        var evidence: [FaceEvidence] = []
        for face in faces {
            guard let transform = try? face.transform(to: Self.template), transform.scale > 0 else {
                evidence.append(FaceEvidence(confirmation: 0, turnedLead: nil))
                continue
            }
            let side = Self.template.size
            let crop = image.warped(by: transform, width: side, height: side)
            evidence.append(
                FaceEvidence(
                    confirmation: try await confirming.asyncMap { try await Self.confidence(of: $0, in: crop) },
                    turnedLead: try await turning.asyncMap { try await Self.turnedLead(of: $0, in: crop) } ?? nil))
        }
        return evidence
    }

    /// Twice as much as an embedder sees: faces are found with something around them.
    static let template = AlignmentTemplate.loose(size: 256, margin: 1)

    private static func turnedLead(of detector: any FaceDetector, in crop: Image) async throws -> Float? {
        let upright = try await confidence(of: detector, in: crop)
        var turned: Float = 0
        for orientation in [Orientation.right, .down, .left] {
            turned = max(turned, try await confidence(of: detector, in: crop.oriented(orientation)))
        }
        return max(upright, turned) > 0 ? turned - upright : nil
    }

    /// How sure `detector` is of a face in the middle of the crop, of about the size that it should have; 0 where it
    /// finds none.
    private static func confidence(of detector: any FaceDetector, in crop: Image) async throws -> Float {
        let side = Float(crop.width), middle = side / 2
        return try await detector.faces(in: crop).filter { face in
            let dx = face.box.center.x - middle, dy = face.box.center.y - middle
            let size = face.box.area.squareRoot()
            return (dx * dx + dy * dy).squareRoot() < 0.2 * side && size > 0.2 * side && size < 0.9 * side
        }.map(\.confidence).max() ?? 0
    }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let value = self else { return nil }
        return try await transform(value)
    }
}
