import Augmentation
import Datasets
import LikenessSupport
public import Training

/// Batches of crops, with several rows of each of some people, half of them mirrored.
public struct CropBatches: BatchSource {
    /// A batch before it becomes tensors.
    public struct Batch: Sendable {
        /// `[batch, side, side, 3]`.
        var pixels: [UInt8]
        /// Whether each crop is mirrored.
        var mirrored: [Bool]
        var labels: [Int]
    }

    /// The number of steps for one pass through the rows.
    public let stepsPerEpoch: Int
    /// The number of rows in a step.
    public let examplesPerStep: Int
    private let cache: CropCache
    private let rows: [Int]
    private let dealer: EpochDealer
    private let seed: UInt64

    /// - Parameter tested: The fold that is excluded from training; `nil` for none.
    init(_ cache: CropCache, keeping tested: Int?, size: Int, rowsPerPerson: Int, seed: UInt64) {
        (self.cache, self.seed) = (cache, seed)
        rows = cache.indices { $0.isTrainedOn(keeping: tested) }
        let sampler = BalancedBatches(
            labels: rows.map { cache.index.samples[$0].person }, peoplePerBatch: max(1, size / rowsPerPerson),
            picturesPerPerson: rowsPerPerson, seed: seed)
        dealer = EpochDealer(sampler)
        examplesPerStep = sampler.peoplePerBatch * rowsPerPerson
        stepsPerEpoch = dealer.batches(of: 0).count
    }

    /// Returns the batch of this step. It depends only on epoch and step.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        let batches = dealer.batches(of: epoch)
        let chosen = batches[step % batches.count].map { rows[$0] }
        var generator = SeededGenerator(seed: seed).split(epoch).split(step)
        return Batch(
            pixels: cache.pixels(of: chosen), mirrored: chosen.map { _ in generator.happens(0.5) },
            labels: chosen.map { cache.index.samples[$0].person })
    }
}
