public import Faces
public import Pixels

/// What a generator came to at a face: it does not always make what was asked for.
public struct GeneratedEffect: Hashable, Sendable {
    /// How likely the face wore a mask before, 0 to 1; `nil` if there is no mask classifier.
    public let maskProbabilityBefore: Float?
    /// How likely it wears one afterwards.
    public let maskProbabilityAfter: Float?
    /// How much the face's lower half has changed: the mean difference of its pixels, 0 to 1.
    public let lowerFaceChange: Float

    /// An effect from its numbers.
    init(maskProbabilityBefore: Float?, maskProbabilityAfter: Float?, lowerFaceChange: Float) {
        (self.maskProbabilityBefore, self.maskProbabilityAfter) = (maskProbabilityBefore, maskProbabilityAfter)
        self.lowerFaceChange = lowerFaceChange
    }

    /// From this probability on a face counts as masked.
    private static let limit: Float = 0.5

    /// Whether no mask was seen before.
    public var wasBare: Bool { maskProbabilityBefore.map { $0 < Self.limit } ?? false }

    /// Whether the face did not become what was asked for: the mask stays, or there is none afterwards.
    public func hasFailed(_ direction: GeneratorDirection) -> Bool {
        guard let after = maskProbabilityAfter else { return false }
        return switch direction {
        case .unmask: after >= Self.limit
        case .mask: after < Self.limit
        }
    }

    /// What a picture's faces have become.
    ///
    /// - Parameters:
    ///   - altered: The picture afterwards, as large as `image`.
    ///   - image: The picture before.
    ///   - faces: The faces in both.
    ///   - estimator: Says whether they wear masks.
    public static func of(
        _ altered: Image, madeOf image: Image, faces: [Face], by estimator: (any MaskEstimator)?
    ) async throws -> [GeneratedEffect] {
        let before = try await estimator?.maskProbabilities(of: faces, in: image)
        let after = try await estimator?.maskProbabilities(of: faces, in: altered)
        return try faces.enumerated().map { index, face in
            GeneratedEffect(
                maskProbabilityBefore: before?[index], maskProbabilityAfter: after?[index],
                lowerFaceChange: try lowerFaceChange(face, image, altered))
        }
    }

    /// The mean difference below the tip of the nose.
    private static func lowerFaceChange(_ face: Face, _ image: Image, _ altered: Image) throws -> Float {
        let template = AlignmentTemplate.arcface(size: 112)
        let transform = try face.transform(to: template)
        let (first, second) = (
            image.warped(by: transform, width: template.size, height: template.size).pixels,
            altered.warped(by: transform, width: template.size, height: template.size).pixels
        )
        // In this template the tip of the nose is at 71.7 of 112 rows.
        let start = 72 * template.size * 3
        let sum = zip(first[start...], second[start...]).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Float(sum) / Float(255 * (first.count - start))
    }
}
