public import Foundation
import Networks
public import Tensors
public import Training

/// FaceNet-128 strengthened by gate, feature fusion and context fusion, its trunk frozen up to the third or fourth stage.
public struct FaceEmbeddingTask: RunnableTask {
    /// The name in a run's file.
    public static let name = "face-embedding"
    /// What it is, for the command's help.
    public static let summary =
        "FaceNet-128 with attention gate, feature fusion and context fusion, on stages of its frozen trunk"

    /// Rows of the stage cache, balanced over people.
    public let batches: AnyStageBatches
    /// Every value of the network, and of the head over the people.
    public let parameters: ParameterStore
    private let settings: FaceEmbeddingSettings
    private let material: Material
    private let network: FaceNetwork
    private let head: ArcFaceHead?

    /// What all seeds share.
    public struct Material: Sendable { let cache: StageCache }

    /// Opens the stage cache, or makes it.
    public static func prepare(
        _ settings: FaceEmbeddingSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        try await withoutActuallyEscaping(tell) { tell in
            Material(cache: try await StageBuilder(settings: settings.stages, tell: tell).cache())
        }
    }

    /// Makes the network on FaceNet-128's weights.
    public init(
        _ settings: FaceEmbeddingSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        (self.settings, self.material) = (settings, material)
        let device = configuration.device
        let pretrained = try TrainedFaceNetwork.pretrained(models: URL(filePath: settings.stages.models))
        // The trunk's early stages are in the cache: only what comes after them lies in memory.
        let store = ParameterStore(pretrained, seed: seed, on: device) { pretrained[$0] == nil }
        network = try FaceNetwork(store.root, settings.network)
        let people = material.cache.index.trainingPeople.count
        head =
            settings.classification > 0
            ? try ArcFaceHead(
                store.root["people"], dimension: 128, classes: people, scale: settings.scale, margin: settings.margin)
            : nil
        let isTail = settings.depth == .tail
        store.freeze { name in
            guard name.hasPrefix("trunk.") else { return false }
            return !(isTail && (name.hasPrefix("trunk.reductionB") || name.hasPrefix("trunk.block8")))
        }
        parameters = store
        batches = AnyStageBatches(
            StageBatches(
                material.cache, size: configuration.batch, rowsPerPerson: settings.rowsPerPerson, seed: seed,
                withStages: true))
    }

    /// The weighted losses of a batch.
    public func loss(of batch: AnyStageBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let batch = batch.batch
        let device = moment.device
        let embeddings = moment.mixed { embed(batch, training: true, moment: moment) }.to(.float32)
        var total: Tensor?
        var terms: [String: Tensor] = [:]
        func add(_ name: String, _ weight: Double, _ loss: Tensor) {
            terms[name] = loss
            total = total.map { $0 + loss * weight } ?? loss * weight
        }
        if let head {
            let result = head.loss(embeddings, labels: Tensor(batch.labels, on: device))
            add("classification", settings.classification, result.loss)
            terms["accuracy"] = result.accuracy
        }
        if settings.triplet > 0 {
            let result = TripletLoss(margin: 0.2)(embeddings, labels: batch.labels, mining: settings.miner)
            add("triplet", settings.triplet, result.loss)
        }
        if settings.distillation > 0 {
            let bare = Tensor(batch.bare, shape: [batch.rows.count, 128], on: device)
            add("distillation", settings.distillation, EmbeddingDistillation.cosine(embeddings, teacher: bare))
        }
        if settings.relations > 0 {
            let teacher = Tensor(batch.teacher, shape: [batch.rows.count, 128], on: device)
            add("relations", settings.relations, SimilarityDistillation()(embeddings, teacher: teacher))
        }
        guard let total else { preconditionFailure("the settings were checked: one loss has a weight") }
        return StepLoss(total, terms: terms)
    }

    private func embed(_ batch: StageBatches.Batch, training: Bool, moment: TrainingMoment) -> Tensor {
        let count = batch.rows.count
        let tensors = zip(batch.stages, StageNetwork.shapes).map { values, shape in
            let tensor = Tensor(bfloat16: values, shape: [count] + shape, on: moment.device)
            return (moment.precision == .bf16 ? tensor : tensor.to(.float32)).channelsLast
        }
        var context: Tensor?
        if settings.context != .none {
            context =
                training
                ? ContextBatch.tensor(batch, hiding: settings.hidden, at: moment)
                : ContextBatch.tensor(batch, at: moment)
        }
        let coarse = settings.depth == .tail ? network.trunk.coarseStage(tensors[2], training: training) : tensors[3]
        return network.embedding(
            of: InceptionResNetV1.Stages(stem: tensors[0], fine: tensors[1], middle: tensors[2], coarse: coarse),
            context: context, training: training)
    }

    // MARK: Held-out people

    /// False non-match rates of held-out people, bare and masked, at one threshold.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        let cache = material.cache
        return HeldOutMeasures.measures(
            bare: embeddings(cache.indices { $0.isHeldOut && $0.kind == .plain }, moment),
            masked: embeddings(cache.indices { $0.isHeldOut && $0.kind == .masked }, moment))
    }

    private func embeddings(_ rows: [Int], _ moment: TrainingMoment) -> (Tensor, [HeldOutMeasures.Face]) {
        var parts: [Tensor] = []
        for start in stride(from: 0, to: rows.count, by: 64) {
            let batch = material.cache.batch(Array(rows[start..<min(start + 64, rows.count)]), withStages: true)
            parts.append(moment.mixed { embed(batch, training: false, moment: moment) }.to(.float32))
        }
        return (Tensor.concatenated(parts, axis: 0), material.cache.faces(rows))
    }

    /// Writes beside the run what was trained, and the list of those whom it has never seen.
    public func conclude(in folder: URL, at moment: TrainingMoment) throws -> [String: Double] {
        try material.cache.index.writeHeldOutPictures(to: folder.appending(path: "held-out.csv"))
        try TrainedFaceNetwork.write(
            parameters, configuration: settings.network, in: folder
        ) { $0.hasPrefix("people") }
        return [:]
    }
}

extension StageCache {
    /// Whose faces the rows show.
    func faces(_ rows: [Int]) -> [HeldOutMeasures.Face] {
        rows.map { HeldOutMeasures.Face(person: index.samples[$0].person, entry: index.samples[$0].entry) }
    }
}

/// The batches of the tasks of this module; what is in them is their own affair.
public struct AnyStageBatches: BatchSource {
    /// One batch.
    public struct Batch: Sendable { let batch: StageBatches.Batch }

    private let source: StageBatches

    init(_ source: StageBatches) { self.source = source }

    /// Steps in which every row comes once.
    public var stepsPerEpoch: Int { source.stepsPerEpoch }
    /// Rows of a step.
    public var examplesPerStep: Int { source.examplesPerStep }

    /// A batch, by its place alone.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        Batch(batch: try await source.batch(epoch: epoch, step: step))
    }
}
