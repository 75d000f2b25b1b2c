import Datasets
import Synchronization
import Training

/// Batches of stage rows: some people, several rows of each.
struct StageBatches: BatchSource {
    let examplesPerStep: Int
    let stepsPerEpoch: Int
    private let cache: StageCache
    private let rows: [Int]
    private let sampler: BalancedBatches
    private let withStages: Bool
    /// The epoch that batches were last asked for, dealt out: every step of it asks again.
    private let dealt: Dealt

    /// An epoch's batches.
    private final class Dealt: Sendable {
        private let batches = Mutex<(epoch: Int, batches: [[Int]])?>(nil)

        func batches(of epoch: Int, _ deal: () -> [[Int]]) -> [[Int]] {
            batches.withLock { known in
                if let known, known.epoch == epoch { return known.batches }
                let batches = deal()
                known = (epoch, batches)
                return batches
            }
        }
    }

    /// A batch before it becomes tensors.
    struct Batch: Sendable {
        var rows: [Int]
        var labels: [Int]
        /// bfloat16, one array per stage; empty where only embeddings are trained on.
        var stages: [[UInt16]]
        /// FaceNet-128's embeddings of the rows.
        var embeddings: [Float]
        /// FaceNet-128's embeddings of the same faces as they are.
        var bare: [Float]
        /// SFace's embeddings of the same faces as they are.
        var teacher: [Float]
        var contexts: [Float]
    }

    init(_ cache: StageCache, size: Int, rowsPerPerson: Int, seed: UInt64, withStages: Bool) {
        self.cache = cache
        self.withStages = withStages
        rows = cache.indices { !$0.isHeldOut }
        sampler = BalancedBatches(
            labels: rows.map { cache.index.samples[$0].person }, peoplePerBatch: max(1, size / rowsPerPerson),
            picturesPerPerson: rowsPerPerson, seed: seed)
        dealt = Dealt()
        examplesPerStep = sampler.peoplePerBatch * rowsPerPerson
        stepsPerEpoch = sampler.batches(epoch: 0).count
    }

    func batch(epoch: Int, step: Int) async throws -> Batch {
        let batches = dealt.batches(of: epoch) { sampler.batches(epoch: epoch) }
        return cache.batch(batches[step % batches.count].map { rows[$0] }, withStages: withStages)
    }
}

extension StageCache {
    /// The rows' stages, embeddings, teachers and contexts.
    func batch(_ rows: [Int], withStages: Bool) -> StageBatches.Batch {
        let samples = rows.map { index.samples[$0] }
        // A face's samples lie together, and the first of them shows it as it is.
        let bare = zip(rows, samples).map { row, sample in
            var first = row
            while first > 0, index.samples[first - 1].entry == sample.entry { first -= 1 }
            return first
        }
        return StageBatches.Batch(
            rows: rows, labels: samples.map(\.person),
            stages: withStages ? StageNetwork.sizes.indices.map { stage($0, of: rows) } : [],
            embeddings: embeddings(of: rows), bare: embeddings(of: bare), teacher: teacher(of: rows),
            contexts: rows.flatMap { index.contexts[$0] })
    }
}
