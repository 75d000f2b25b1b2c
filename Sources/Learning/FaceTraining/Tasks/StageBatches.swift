import Datasets
import Training

/// Batches of stage rows, with several rows of each of some people.
struct StageBatches: BatchSource {
    let examplesPerStep: Int
    let stepsPerEpoch: Int
    private let cache: StageCache
    private let rows: [Int]
    private let withStages: Bool
    private let dealer: EpochDealer

    /// A batch before it becomes tensors.
    struct Batch: Sendable {
        var rows: [Int]
        var labels: [Int]
        /// bfloat16, one array per stage; empty if training needs only embeddings.
        var stages: [[UInt16]]
        /// FaceNet-128's embeddings of the rows.
        var embeddings: [Float]
        /// FaceNet-128's embeddings of the same faces without alterations.
        var bare: [Float]
        /// SFace's embeddings of the same faces without alterations.
        var teacher: [Float]
        var contexts: [Float]
    }

    init(
        _ cache: StageCache, shownAs: [ShownAs], size: Int, rowsPerPerson: Int, seed: UInt64, withStages: Bool
    ) {
        self.cache = cache
        self.withStages = withStages
        rows = cache.indices { !$0.isHeldOut && ShownAs.isShown($0, as: shownAs) }
        let sampler = BalancedBatches(
            labels: rows.map { cache.index.samples[$0].person }, peoplePerBatch: max(1, size / rowsPerPerson),
            picturesPerPerson: rowsPerPerson, seed: seed)
        dealer = EpochDealer(sampler)
        examplesPerStep = sampler.peoplePerBatch * rowsPerPerson
        stepsPerEpoch = dealer.batches(of: 0).count
    }

    func batch(epoch: Int, step: Int) async throws -> Batch {
        let batches = dealer.batches(of: epoch)
        return cache.batch(batches[step % batches.count].map { rows[$0] }, withStages: withStages)
    }
}

extension StageCache {
    /// Returns the stages, embeddings, teachers and contexts of the rows.
    func batch(_ rows: [Int], withStages: Bool) -> StageBatches.Batch {
        let samples = rows.map { index.samples[$0] }
        let bare = rows.map(bareRow)
        return StageBatches.Batch(
            rows: rows, labels: samples.map(\.person),
            stages: withStages ? StageNetwork.sizes.indices.map { stage($0, of: rows) } : [],
            embeddings: embeddings(of: rows), bare: embeddings(of: bare), teacher: teacher(of: rows),
            contexts: rows.flatMap { index.contexts[$0] })
    }

    /// Returns the row of the same face without alterations. A face's samples are adjacent, and this is the first of
    /// them.
    func bareRow(_ row: Int) -> Int {
        var first = row
        while first > 0, index.samples[first - 1].entry == index.samples[row].entry { first -= 1 }
        return first
    }
}
