import Faces
import LikenessRecords
import Pixels

/// What a generator came to at a face: what it makes is not always what was asked for.
struct GeneratedEffect {
    /// How likely the face wore a mask before, 0 to 1; `null` where there is no mask classifier.
    var maskProbabilityBefore: Float?
    /// How likely it wears one afterwards.
    var maskProbabilityAfter: Float?
    /// How much the face's lower half has changed: the mean difference of its pixels, 0 to 1.
    var lowerFaceChange: Float

    /// From this probability on a face counts as masked.
    private static let limit: Float = 0.5

    /// Whether no mask was seen before.
    var wasBare: Bool { maskProbabilityBefore.map { $0 < Self.limit } ?? false }

    /// Whether the face did not become what was asked for: the mask stays, or there is none afterwards.
    func hasFailed(_ direction: GenerativeArtist.Direction) -> Bool {
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
    ///   - faces: The faces in both.
    ///   - estimator: Says whether they wear masks.
    static func of(
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

extension [GeneratedEffect] {
    /// A line for each face that did not become what was asked for.
    func remarks(on picture: String, _ direction: GenerativeArtist.Direction) -> [String] {
        enumerated().compactMap { index, effect in
            guard effect.hasFailed(direction) else { return nil }
            let name = count > 1 ? "\(picture), face \(index + 1)" : picture
            let change = String(decimal(effect.lowerFaceChange * 100, 1)) + " %"
            let probability =
                "probability of a mask \(decimal(effect.maskProbabilityBefore, 2)) before, "
                + "\(decimal(effect.maskProbabilityAfter, 2)) afterwards; the lower face changed by \(change)"
            return switch direction {
            case .unmask: "\(name): the mask stays: \(probability)"
            case .mask: "\(name): no mask is seen afterwards: \(probability)"
            }
        }
    }
}

extension AlteredRecord {
    /// Notes what a generator came to, in numbers and in words.
    mutating func add(_ effects: [GeneratedEffect], of direction: GenerativeArtist.Direction) {
        generated = effects.map { GeneratedFaceRecord($0) }
        let bare = effects.count { direction == .unmask && $0.wasBare }
        if bare > 0 {
            steps.append("no mask was seen" + (effects.count > 1 ? " on \(bare) of \(effects.count) faces" : ""))
        }
        let failed = effects.count { $0.hasFailed(direction) }
        guard failed > 0 else { return }
        let share = effects.count > 1 ? " on \(failed) of \(effects.count) faces" : ""
        steps.append((direction == .unmask ? "the mask stays" : "no mask is seen") + share)
    }
}
