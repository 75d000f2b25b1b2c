import Augmentation
import Faces
import LikenessSupport
import Networks
import Pixels
public import Training

/// Crops for training: every group of ages in a fixed share, each crop altered at random.
public struct AgeBatches: BatchSource {
    /// Crops and how old their people are.
    public struct Batch: Sendable {
        /// `[batch, 96, 96, 3]`, red, green, blue.
        var pixels: [UInt8] = []
        /// Years.
        var ages: [Int] = []
    }

    /// The crops of a batch.
    public let examplesPerStep: Int
    /// The batches of an epoch.
    public let stepsPerEpoch: Int
    private let groups: [(pictures: [AgePicture], share: Float)]
    private let seed: UInt64

    /// What a face is aligned to: the mask classifier's template, which shows the whole head.
    static let template = AlignmentTemplate.loose(size: AgeClassifier.side, margin: 0.4)

    /// How often each group is drawn, whatever its number: nearly as many children as others, and many of the ages on
    /// both sides of the limit, which are rare.
    private static func share(_ group: AgePicture.Group) -> Float {
        switch group {
        case .upTo3: 0.16
        case .upTo8: 0.16
        case .upTo13: 0.14
        case .upTo17: 0.14
        case .upTo25: 0.16
        case .over25: 0.24
        }
    }

    /// What cameras do to people: small, dark, moved and compressed pictures; masks and sunglasses.
    static let policy = AugmentationPolicy([
        .init(.mask, probability: 0.15), .init(.occluder, probability: 0.06), .init(.flip, probability: 0.5),
        .init(.rotation, probability: 0.7, range: Span(-12, 12)),
        .init(.scale, probability: 0.7, range: Span(0.85, 1.15)),
        .init(.shift, probability: 0.7, range: Span(-0.06, 0.06)),
        .init(.brightness, probability: 0.5, range: Span(0.6, 1.5)),
        .init(.contrast, probability: 0.5, range: Span(0.6, 1.4)),
        .init(.saturation, probability: 0.4, range: Span(0, 1.5)), .init(.hue, probability: 0.3, range: Span(-15, 15)),
        .init(.darkness, probability: 0.12, range: Span(1, 5)), .init(.blur, probability: 0.15, range: Span(0.5, 2)),
        .init(.motion, probability: 0.06, range: Span(3, 8)),
        .init(.downscale, probability: 0.35, range: Span(1.2, 3.5)),
        .init(.noise, probability: 0.2, range: Span(2, 12)), .init(.jpeg, probability: 0.3, range: Span(25, 90)),
    ])

    /// Batches of `pictures`.
    ///
    /// - Parameters:
    ///   - pictures: Those to draw from, at least one.
    ///   - batch: Crops in a batch.
    ///   - examplesPerEpoch: Crops in an epoch.
    ///   - seed: Another seed, other draws.
    init(_ pictures: [AgePicture], batch: Int, examplesPerEpoch: Int, seed: UInt64) {
        (examplesPerStep, stepsPerEpoch, self.seed) = (batch, max(examplesPerEpoch / batch, 1), seed)
        groups = AgePicture.Group.allCases.compactMap { group in
            let chosen = pictures.filter { $0.group == group }
            return chosen.isEmpty ? nil : (chosen, Self.share(group))
        }
    }

    /// Crops drawn and altered as this place in the run says.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        let generator = SeededGenerator(seed: seed).split(epoch * stepsPerEpoch + step)
        var batch = Batch()
        for index in 0..<examplesPerStep {
            try Task.checkCancellation()
            var numbers = generator.split(index)
            guard let picture = picture(using: &numbers) else { continue }
            let plan = Self.policy.plan(seed: numbers.next())
            batch.pixels += try plan.aligned(picture.image(), face: picture.face, to: Self.template).pixels
            batch.ages.append(picture.labels.age)
        }
        return batch
    }

    private func picture(using numbers: inout SeededGenerator) -> AgePicture? {
        var rest = numbers.unit() * groups.reduce(0) { $0 + $1.share }
        for group in groups {
            if rest < group.share { return numbers.element(of: group.pictures) }
            rest -= group.share
        }
        return numbers.element(of: groups.last?.pictures ?? [])
    }
}
