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

    init(_ pooled: PooledStages, rows: [Int], size: Int, rowsPerPerson: Int, seed: UInt64) {
        (self.pooled, self.rows) = (pooled, rows)
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
        return pooled.batch(batches[step % batches.count].map { rows[$0] })
    }
}

extension PooledStages {
    /// What is known of some rows.
    func batch(_ rows: [Int]) -> PooledBatches.Batch {
        PooledBatches.Batch(
            labels: rows.map { cache.index.samples[$0].person }, masks: cache.masks(rows), fine: fine(of: rows),
            coarse: coarse(of: rows), embeddings: cache.embeddings(of: rows),
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
