import Datasets
import Synchronization
public import Training

/// Batches of pooled stages, with several rows of each of some people.
public struct PooledBatches: BatchSource {
    /// A batch before it becomes tensors.
    public struct Batch: Sendable {
        var labels: [Int]
        /// 1 for a masked face, 0 for a bare one.
        var masks: [Int]
        var fine: [Float]
        var coarse: [Float]
        /// FaceNet-128's embeddings.
        var embeddings: [Float]
        /// FaceNet-128's embeddings of the same faces without alterations.
        var bare: [Float]
    }

    /// The number of steps for one pass through the rows.
    public let stepsPerEpoch: Int
    /// The number of rows in a step.
    public let examplesPerStep: Int
    private let pooled: PooledStages
    private let rows: [Int]
    private let dealer: EpochDealer

    private let completes: Bool

    init(
        _ pooled: PooledStages, rows: [Int], completes: Bool, size: Int, rowsPerPerson: Int, seed: UInt64
    ) {
        (self.pooled, self.rows, self.completes) = (pooled, rows, completes)
        let sampler = BalancedBatches(
            labels: rows.map { pooled.cache.index.samples[$0].person }, peoplePerBatch: max(1, size / rowsPerPerson),
            picturesPerPerson: rowsPerPerson, seed: seed)
        dealer = EpochDealer(sampler)
        examplesPerStep = sampler.peoplePerBatch * rowsPerPerson
        stepsPerEpoch = dealer.batches(of: 0).count
    }

    /// Returns the batch of this step. It depends only on epoch and step.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        let batches = dealer.batches(of: epoch)
        return pooled.batch(batches[step % batches.count].map { rows[$0] }, completes: completes)
    }
}

extension PooledStages {
    /// Returns the batch of some rows.
    ///
    /// - Parameter completes: Whether a masked face's coarse scale and FaceNet-128 embedding come from the picture in
    ///   which a generator took the mask off (as in the DS-AEAN paper, in which each scale has its own picture).
    func batch(_ rows: [Int], completes: Bool) -> PooledBatches.Batch {
        let second = completes ? cache.completedRows(rows) : rows
        return PooledBatches.Batch(
            labels: rows.map { cache.index.samples[$0].person }, masks: cache.masks(rows), fine: fine(of: rows),
            coarse: coarse(of: second), embeddings: cache.embeddings(of: second),
            bare: cache.embeddings(of: rows.map(cache.bareRow)))
    }
}

/// The shuffled batches of the most recently used epoch, which all its steps share.
final class EpochDealer: Sendable {
    private let sampler: BalancedBatches
    private let dealt = Mutex<(epoch: Int, batches: [[Int]])?>(nil)

    init(_ sampler: BalancedBatches) { self.sampler = sampler }

    func batches(of epoch: Int) -> [[Int]] {
        dealt.withLock { known in
            if let known, known.epoch == epoch { return known.batches }
            let batches = sampler.batches(epoch: epoch)
            known = (epoch, batches)
            return batches
        }
    }
}
