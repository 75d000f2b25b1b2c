import Augmentation
import Faces
import Foundation
import LikenessSupport
import Pixels
import Recognition

/// How a photograph is shown to a model when its decisions are calibrated or tested: as it is, or altered in memory.
struct PictureVariant: Sendable {
    /// What it is called in records: `resized 0.5`.
    let name: String
    /// What is done to the photograph; `nil` for nothing.
    let alteration: PictureAlteration?

    /// Changes whenever the same variant may give another picture than before.
    private static let version = 1

    /// The photograph as it is.
    static let original = PictureVariant(name: "original", alteration: nil)

    /// The whole picture at `factor` times its width and height, as a program that sends pictures on would make it.
    static func resized(by factor: Float) -> PictureVariant { resized(Span(factor, factor), name: "resized \(factor)") }

    /// The whole picture at a size that is drawn for it: every factor's logarithm within `factors` is as likely.
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

    /// A mask of `covers` drawn on the face.
    static func masked(_ covers: CoverSet, name: String) -> PictureVariant {
        PictureVariant(
            name: name,
            alteration: PictureAlteration(identity: "\(name) \(version)", needsFace: true) { picture, face, seed in
                guard let face else { preconditionFailure("an alteration that needs the face gets it") }
                let policy = AugmentationPolicy([.init(.mask, probability: 1)])
                return try policy.plan(seed: seed, covers: covers).applied(to: picture, faces: [face]).image
            })
    }

    /// Light taken away, by a number of stops that is drawn for each picture.
    static func darkened(_ stops: Span) -> PictureVariant {
        let name = "darkened \(stops.low) to \(stops.high)"
        return PictureVariant(
            name: name,
            alteration: PictureAlteration(identity: "\(name) \(version)") { picture, _, seed in
                let policy = AugmentationPolicy([.init(.darkness, probability: 1, range: stops)])
                return try policy.plan(seed: seed).applied(to: picture, faces: []).image
            })
    }

    /// A blur whose deviation in pixels is drawn for each picture: every logarithm within `deviations` is as likely.
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

    /// What a model is calibrated on: photographs as they are, at other sizes, with masks of the designs for training, in
    /// less light, and out of focus.
    static let calibration: [PictureVariant] = [
        .original, .resized(Span(0.1, 0.3)), .resized(Span(0.3, 2)),
        .masked(.training, name: "masked, designs for training"),
        .darkened(Span(2, 6)), .blurred(Span(0.7, 6)),
    ]
}
