import Datasets
import Synchronization
public import Training

/// Batches of pooled stages: some people, several rows of each.
public struct PooledBatches: BatchSource {
    /// A batch before it becomes tensors.
    public struct Batch: Sendable {
        var labels: [Int]
        /// 1 for a face with a mask, 0 for one without.
        var masks: [Int]
        var fine: [Float]
        var coarse: [Float]
        /// FaceNet-128's embeddings.
        var embeddings: [Float]
        /// FaceNet-128's embeddings of the same faces as they are.
        var bare: [Float]
    }

    /// Steps in which every row comes once.
    public let stepsPerEpoch: Int
    /// Rows of a step.
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

    /// A batch, by its place alone.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        let batches = dealer.batches(of: epoch)
        return pooled.batch(batches[step % batches.count].map { rows[$0] }, completes: completes)
    }
}

extension PooledStages {
    /// What is known of some rows.
    ///
    /// - Parameter completes: Whether a masked face's coarse scale and FaceNet-128's embedding are those of the picture in
    ///   which a generator took the mask off (paper C: each scale gets its own).
    func batch(_ rows: [Int], completes: Bool) -> PooledBatches.Batch {
        let second = completes ? cache.completedRows(rows) : rows
        return PooledBatches.Batch(
            labels: rows.map { cache.index.samples[$0].person }, masks: cache.masks(rows), fine: fine(of: rows),
            coarse: coarse(of: second), embeddings: cache.embeddings(of: second),
            bare: cache.embeddings(of: rows.map(cache.bareRow)))
    }
}

/// The epoch that batches were last asked for, dealt out: every step of it asks again.
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
