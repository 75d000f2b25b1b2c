import Augmentation
import Datasets
import LikenessSupport
public import Training

/// Batches of pairs of bare and masked faces. Masks are drawn anew for each batch.
public struct FacePairBatches: BatchSource {
    /// A batch before it becomes tensors.
    public struct Batch: Sendable {
        /// The generator's input and its target: `[batch, side, side, 3]`.
        var inputs: [UInt8] = []
        var targets: [UInt8] = []
        /// The looks of the masks, five numbers each.
        var styles: [Float] = []
        var count = 0
    }

    /// The number of faces in a step.
    public let examplesPerStep: Int
    /// The number of steps for one pass through the pictures.
    public let stepsPerEpoch: Int
    private let archive: FaceArchive
    private let entries: [Int]
    private let direction: FaceTranslationSettings.Direction
    private let unchanged: Float
    private let seed: UInt64

    /// - Parameters:
    ///   - entries: The archive's pictures to draw from.
    ///   - unchanged: The share of pairs in which both pictures are the bare one.
    init(
        _ archive: FaceArchive, entries: [Int], size: Int, direction: FaceTranslationSettings.Direction,
        unchanged: Double, seed: UInt64
    ) {
        (self.archive, self.entries, self.direction, self.seed) = (archive, entries, direction, seed)
        self.unchanged = Float(unchanged)
        examplesPerStep = size
        stepsPerEpoch = max(entries.count / size, 1)
    }

    /// Returns the batch of this step. It depends only on epoch and step.
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
