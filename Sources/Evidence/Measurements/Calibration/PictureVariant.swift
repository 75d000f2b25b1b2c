import Augmentation
import Faces
import Foundation
import LikenessSupport
import Pixels
import Recognition

/// A version of a photograph for calibrating or testing a model's decisions: the original, or an alteration of it in
/// memory.
struct PictureVariant: Sendable {
    /// The name in records, such as `resized 0.5`.
    let name: String
    /// The alteration; `nil` for none.
    let alteration: PictureAlteration?

    /// The version of the code. It must change whenever the same variant may give a different picture than before.
    private static let version = 1

    /// The unaltered photograph.
    static let original = PictureVariant(name: "original", alteration: nil)

    /// Returns the variant with the whole picture scaled by `factor`, as by a program that forwards pictures in a
    /// smaller size.
    static func resized(by factor: Float) -> PictureVariant { resized(Span(factor, factor), name: "resized \(factor)") }

    /// Returns the variant with the whole picture scaled by a random factor, whose logarithm is uniformly distributed
    /// over `factors`.
    static func resized(_ factors: Span, name: String? = nil) -> PictureVariant {
        let name = name ?? "resized \(factors.low) to \(factors.high)"
        return PictureVariant(
            name: name,
            alteration: PictureAlteration(identity: "\(name) \(version)") { picture, _, seed in
                let factor = logUniform(factors, seed: seed)
                func side(_ length: Int) -> Int { max(Int((Float(length) * factor).rounded()), 1) }
                return picture.resized(
                    width: side(picture.width), height: side(picture.height), method: factor > 1 ? .bilinear : .area)
            })
    }

    /// Returns the variant with a mask of `covers` drawn on the face.
    static func masked(_ covers: CoverSet, name: String) -> PictureVariant {
        PictureVariant(
            name: name,
            alteration: PictureAlteration(identity: "\(name) \(version)", needsFace: true) { picture, face, seed in
                guard let face else { preconditionFailure("an alteration that needs the face must receive it") }
                let policy = AugmentationPolicy([.init(.mask, probability: 1)])
                return try policy.plan(seed: seed, covers: covers).applied(to: picture, faces: [face]).image
            })
    }

    /// Returns the variant darkened by a random number of stops.
    static func darkened(_ stops: Span) -> PictureVariant {
        let name = "darkened \(stops.low) to \(stops.high)"
        return PictureVariant(
            name: name,
            alteration: PictureAlteration(identity: "\(name) \(version)") { picture, _, seed in
                let policy = AugmentationPolicy([.init(.darkness, probability: 1, range: stops)])
                return try policy.plan(seed: seed).applied(to: picture, faces: []).image
            })
    }

    /// Returns the variant blurred with a random deviation in pixels, whose logarithm is uniformly distributed over
    /// `deviations`.
    static func blurred(_ deviations: Span) -> PictureVariant {
        let name = "blurred \(deviations.low) to \(deviations.high)"
        return PictureVariant(
            name: name,
            alteration: PictureAlteration(identity: "\(name) \(version)") { picture, _, seed in
                let deviation = logUniform(deviations, seed: seed)
                return try Distortion(.blur, strength: deviation).applied(to: picture, seed: seed)
            })
    }

    private static func logUniform(_ span: Span, seed: UInt64) -> Float {
        guard span.low < span.high else { return span.low }
        var generator = SeededGenerator(seed: seed).split(7)
        let exponent = Double(generator.number(in: Span(Float(log(Double(span.low))), Float(log(Double(span.high))))))
        return min(max(Float(exp(exponent)), span.low), span.high)
    }

    /// The variants on which a model is calibrated: unaltered, at other sizes, with masks of the designs for training,
    /// darkened, and blurred.
    static let calibration: [PictureVariant] = [
        .original, .resized(Span(0.1, 0.3)), .resized(Span(0.3, 2)),
        .masked(.training, name: "masked, designs for training"),
        .darkened(Span(2, 6)), .blurred(Span(0.7, 6)),
    ]
}
