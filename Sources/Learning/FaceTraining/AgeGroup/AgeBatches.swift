import Augmentation
import Faces
import LikenessSupport
import Networks
import Pixels
public import Training

/// Batches of crops for training, with a fixed share of each age group and random alterations.
public struct AgeBatches: BatchSource {
    /// A batch of crops and the ages of their people.
    public struct Batch: Sendable {
        /// `[batch, 96, 96, 3]`, red, green, blue.
        var pixels: [UInt8] = []
        /// Ages in years.
        var ages: [Int] = []
    }

    /// The number of crops in a batch.
    public let examplesPerStep: Int
    /// The number of batches in an epoch.
    public let stepsPerEpoch: Int
    private let groups: [(pictures: [AgePicture], share: Float)]
    private let seed: UInt64

    /// The alignment template of the crops. It is the mask classifier's template, which shows the whole head.
    static let template = AlignmentTemplate.loose(size: AgeClassifier.side, margin: 0.4)

    /// Returns how often a group is drawn, regardless of its size: children almost as often as others, and the rare
    /// ages on both sides of the limit often.
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

    /// Alterations as by cameras and accessories: small, dark, blurred and compressed pictures; masks and sunglasses.
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

    /// Creates batches of `pictures`.
    ///
    /// - Parameters:
    ///   - pictures: The pictures to draw from, at least one.
    ///   - batch: The number of crops in a batch.
    ///   - examplesPerEpoch: The number of crops in an epoch.
    ///   - seed: The seed of the random draws.
    init(_ pictures: [AgePicture], batch: Int, examplesPerEpoch: Int, seed: UInt64) {
        (examplesPerStep, stepsPerEpoch, self.seed) = (batch, max(examplesPerEpoch / batch, 1), seed)
        groups = AgePicture.Group.allCases.compactMap { group in
            let chosen = pictures.filter { $0.group == group }
            return chosen.isEmpty ? nil : (chosen, Self.share(group))
        }
    }

    /// Returns the crops of this step. They depend only on epoch and step.
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
