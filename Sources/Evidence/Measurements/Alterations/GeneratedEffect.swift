public import Faces
public import Pixels

/// The effect of a generator on a face. A generator doesn't always produce the requested result.
public struct GeneratedEffect: Hashable, Sendable {
    /// The probability that the face wore a mask before, 0 to 1; `nil` if there is no mask classifier.
    public let maskProbabilityBefore: Float?
    /// The probability that the face wears a mask afterwards, 0 to 1; `nil` if there is no mask classifier.
    public let maskProbabilityAfter: Float?
    /// The change of the face's lower half: the mean absolute difference of its pixels, 0 to 1.
    public let lowerFaceChange: Float

    /// Creates an effect from its values.
    init(maskProbabilityBefore: Float?, maskProbabilityAfter: Float?, lowerFaceChange: Float) {
        (self.maskProbabilityBefore, self.maskProbabilityAfter) = (maskProbabilityBefore, maskProbabilityAfter)
        self.lowerFaceChange = lowerFaceChange
    }

    /// The probability from which a face counts as masked.
    private static let limit: Float = 0.5

    /// Whether the face was unmasked before, according to the classifier.
    public var wasBare: Bool { maskProbabilityBefore.map { $0 < Self.limit } ?? false }

    /// Returns whether the generator failed: the mask is still there, or no mask was added.
    public func hasFailed(_ direction: GeneratorDirection) -> Bool {
        guard let after = maskProbabilityAfter else { return false }
        return switch direction {
        case .unmask: after >= Self.limit
        case .mask: after < Self.limit
        }
    }

    /// Measures the effect on each face of a picture.
    ///
    /// - Parameters:
    ///   - altered: The picture afterwards, of the same size as `image`.
    ///   - image: The picture before.
    ///   - faces: The faces in both pictures.
    ///   - estimator: Estimates whether the faces wear masks.
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

    /// Returns the mean absolute difference below the tip of the nose.
    private static func lowerFaceChange(_ face: Face, _ image: Image, _ altered: Image) throws -> Float {
        let template = AlignmentTemplate.arcface(size: 112)
        let transform = try face.transform(to: template)
        let (first, second) = (
            image.warped(by: transform, width: template.size, height: template.size).pixels,
            altered.warped(by: transform, width: template.size, height: template.size).pixels
        )
        // In this template, the tip of the nose is at row 71.7 of 112.
        let start = 72 * template.size * 3
        let sum = zip(first[start...], second[start...]).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Float(sum) / Float(255 * (first.count - start))
    }
}
