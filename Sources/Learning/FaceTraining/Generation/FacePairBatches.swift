import Augmentation
import Datasets
import LikenessSupport
public import Training

/// Pairs of bare and masked faces, with masks drawn anew each time.
public struct FacePairBatches: BatchSource {
    /// A batch before it becomes tensors.
    public struct Batch: Sendable {
        /// What the generator is given, and what it is to make of it: `[batch, side, side, 3]`.
        var inputs: [UInt8] = []
        var targets: [UInt8] = []
        /// The masks' looks, five numbers each.
        var styles: [Float] = []
        var count = 0
    }

    /// The faces of a step.
    public let examplesPerStep: Int
    /// The steps in which every picture comes once.
    public let stepsPerEpoch: Int
    private let archive: FaceArchive
    private let entries: [Int]
    private let direction: FaceTranslationSettings.Direction
    private let unchanged: Float
    private let seed: UInt64

    /// - Parameters:
    ///   - entries: The archive's pictures to draw from.
    ///   - unchanged: In which share of the pairs both pictures are the bare one.
    init(
        _ archive: FaceArchive, entries: [Int], size: Int, direction: FaceTranslationSettings.Direction,
        unchanged: Double, seed: UInt64
    ) {
        (self.archive, self.entries, self.direction, self.seed) = (archive, entries, direction, seed)
        self.unchanged = Float(unchanged)
        examplesPerStep = size
        stepsPerEpoch = max(entries.count / size, 1)
    }

    /// Drawn as this place in the run says.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        var dealing = SeededGenerator(seed: seed).split(epoch)
        var order = entries
        dealing.shuffle(&order)
        let generator = SeededGenerator(seed: seed).split(epoch).split(step % stepsPerEpoch)
        var batch = Batch()
        for index in 0..<examplesPerStep {
            try Task.checkCancellation()
            var numbers = generator.split(index)
            let entry = order[(step % stepsPerEpoch * examplesPerStep + index) % order.count]
            let pair = try FacePair(
                archive, entry: entry, person: 0, covers: .training, seed: numbers.next(),
                isMirrored: numbers.happens(0.5))
            let isUnchanged = numbers.happens(unchanged)
            batch.append(pair, direction, isUnchanged: isUnchanged)
        }
        return batch
    }
}

extension FacePairBatches.Batch {
    mutating func append(_ pair: FacePair, _ direction: FaceTranslationSettings.Direction, isUnchanged: Bool = false) {
        switch direction {
        case .unmask:
            inputs += isUnchanged ? pair.bare : pair.masked
            targets += pair.bare
        case .mask:
            inputs += pair.bare
            targets += pair.masked
            styles += pair.look.numbers
        }
        count += 1
    }
}
