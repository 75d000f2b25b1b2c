import Augmentation
import Faces
import LikenessSupport
import Networks
import Pixels
public import Training

/// Batches of crops for training, with a fixed share of each kind of picture and random alterations.
public struct MaskBatches: BatchSource {
    /// A batch of crops and their classes.
    public struct Batch: Sendable {
        /// `[batch, 96, 96, 3]`, red, green, blue.
        var pixels: [UInt8] = []
        var labels: [Int] = []
    }

    /// The number of crops in a batch.
    public let examplesPerStep: Int
    /// The number of batches in an epoch.
    public let stepsPerEpoch: Int
    private let cells: [Cell]
    private let drawnShare: Float
    private let seed: UInt64

    /// The alignment template of the crops: ArcFace's points with a margin, so that the chin and a mask below it are
    /// visible.
    static let template = AlignmentTemplate.loose(size: MaskClassifier.side, margin: 0.4)

    /// The pictures of one kind, and how often they are drawn.
    private struct Cell {
        var pictures: [MaskPicture]
        var share: Float
    }

    /// Returns how often a kind of picture is drawn, regardless of its number. Street photographs are few but matter
    /// most. Drawn masks all look alike. Portraits add beards, children and lighting that the street photographs lack.
    /// Nearly half of the pictures are bare, because the decision is whether `bare` has half of the probability.
    private static func share(_ wearing: MaskClassifier.Wearing, _ origin: MaskPicture.Origin) -> Float {
        switch (wearing, origin) {
        case (.bare, .photo): 0.35
        case (.bare, .web): 0.3
        case (.bare, .portrait): 0.7
        case (.mask, .photo): 0.3
        case (.mask, .web): 0.2
        case (.mask, .drawn): 0.02
        case (.badlyWorn, .photo): 0.06
        case (.badlyWorn, .drawn): 0.1
        case (.bare, .drawn), (.badlyWorn, .web), (.mask, .portrait), (.badlyWorn, .portrait): 0
        }
    }

    /// The share of portraits on which a mask is drawn.
    private static let drawnOnPortraits: Float = 0.4

    /// Alterations as by street cameras: small, dark, blurred, compressed. Without them, bare faces from the web are
    /// sharper than the others, and the network would learn that a blurred face has a mask.
    private static let policy = AugmentationPolicy([
        .init(.flip, probability: 0.5), .init(.rotation, probability: 0.7, range: Span(-12, 12)),
        .init(.scale, probability: 0.7, range: Span(0.85, 1.15)),
        .init(.shift, probability: 0.7, range: Span(-0.06, 0.06)),
        .init(.brightness, probability: 0.5, range: Span(0.6, 1.5)),
        .init(.contrast, probability: 0.5, range: Span(0.6, 1.4)),
        .init(.saturation, probability: 0.4, range: Span(0, 1.6)), .init(.hue, probability: 0.4, range: Span(-20, 20)),
        .init(.darkness, probability: 0.12, range: Span(1, 5)), .init(.blur, probability: 0.15, range: Span(0.5, 2)),
        .init(.motion, probability: 0.08, range: Span(3, 8)),
        .init(.downscale, probability: 0.35, range: Span(1.5, 5)),
        .init(.noise, probability: 0.2, range: Span(2, 12)), .init(.jpeg, probability: 0.3, range: Span(25, 90)),
    ])

    private static let drawing = AugmentationPolicy(policy.steps + [.init(.mask, probability: 1)])

    /// Creates batches of `pictures`.
    ///
    /// - Parameters:
    ///   - pictures: The pictures to draw from.
    ///   - batch: The number of crops in a batch.
    ///   - examplesPerEpoch: The number of crops in an epoch.
    ///   - drawnShare: The share of bare faces on which a mask is drawn, which makes them masked faces.
    ///   - seed: The seed of the random draws.
    init(_ pictures: [MaskPicture], batch: Int, examplesPerEpoch: Int, drawnShare: Double, seed: UInt64) {
        (examplesPerStep, stepsPerEpoch) = (batch, max(examplesPerEpoch / batch, 1))
        (self.drawnShare, self.seed) = (Float(drawnShare), seed)
        cells = MaskClassifier.Wearing.allCases.flatMap { wearing in
            MaskPicture.Origin.allCases.compactMap { origin in
                let chosen = pictures.filter { $0.wearing == wearing && $0.origin == origin }
                let share = Self.share(wearing, origin)
                return chosen.isEmpty || share == 0 ? nil : Cell(pictures: chosen, share: share)
            }
        }
    }

    /// Returns the crops of this step. They depend only on epoch and step.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        let generator = SeededGenerator(seed: seed).split(epoch * stepsPerEpoch + step)
        var batch = Batch()
        for index in 0..<examplesPerStep {
            try Task.checkCancellation()
            var numbers = generator.split(index)
            guard let cell = cell(at: numbers.unit()), let picture = numbers.element(of: cell.pictures) else {
                continue
            }
            let share = picture.origin == .portrait ? Self.drawnOnPortraits : drawnShare
            let isDrawnOn = picture.wearing == .bare && picture.isFound && numbers.happens(share)
            let covers = CoverSet(styles: MaskStyle.training, coverages: [.full])
            let plan = (isDrawnOn ? Self.drawing : Self.policy).plan(seed: numbers.next(), covers: covers)
            let crop = try plan.aligned(picture.image(), face: picture.face, to: Self.template)
            batch.pixels += crop.pixels
            batch.labels.append((isDrawnOn ? MaskClassifier.Wearing.mask : picture.wearing).rawValue)
        }
        return batch
    }

    /// Returns the kind that corresponds to a number in 0..<1.
    private func cell(at number: Float) -> Cell? {
        var rest = number * cells.reduce(0) { $0 + $1.share }
        for cell in cells {
            if rest < cell.share { return cell }
            rest -= cell.share
        }
        return cells.last
    }
}
