import Foundation
public import Networks
public import Tensors
public import Training

/// What `context-fusion` wants to know.
public struct ContextFusionSettings: ConfigurationSection, Hashable {
    /// The pictures and the frozen trunk.
    public var stages = StageSettings()
    /// Which of paper B's forms.
    public var form = ContextFusionConfiguration.Form.crossAttention
    /// Whether the result is brought back to 128 numbers.
    public var isProjected = true
    /// Rows of a person in a batch.
    public var rowsPerPerson = 4
    /// The triplet loss's weight.
    public var triplet = 1.0
    /// Which triplets.
    public var miner = TripletMiner.semiHard
    /// The weight of FaceNet-128's own embedding of the bare face.
    public var distillation = 1.0
    /// How often the mask's entry is hidden in training, so that the network also does without a mask classifier.
    public var hidden = 0.3

    /// The defaults.
    public init() {}

    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try stages.check(fields["stages"])
        try fields["rowsPerPerson"].expect(rowsPerPerson, in: 2...1000)
        try fields["triplet"].expect(triplet, in: 0...1000)
        try fields["distillation"].expect(distillation, in: 0...1000)
        try fields["triplet"].expect(triplet + distillation > 0, triplet, "above 0 where distillation is 0")
        try fields["hidden"].expect(hidden, in: 0...1)
        try fields["isProjected"].expect(
            isProjected || form != .transformer, isProjected, "true for the transformer")
        try fields["isProjected"].expect(
            isProjected || distillation == 0, isProjected,
            "true where there is distillation: its teacher has 128 numbers")
    }
}

/// The fusion of FaceNet-128's embedding with the face's context (paper B, equations 8 to 11).
public struct ContextFusionTask: RunnableTask {
    /// The name in a run's file.
    public static let name = "context-fusion"
    /// What it is, for the command's help.
    public static let summary = "The fusion of FaceNet-128's embedding with pose, light, sharpness and mask"

    /// Rows of the stage cache, balanced over people.
    public let batches: AnyStageBatches
    /// Every value of the fusion.
    public let parameters: ParameterStore
    private let settings: ContextFusionSettings
    private let cache: StageCache
    private let fusion: ContextFusion

    /// Opens the stage cache, or makes it.
    public static func prepare(
        _ settings: ContextFusionSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> FaceEmbeddingTask.Material {
        try await withoutActuallyEscaping(tell) { tell in
            FaceEmbeddingTask.Material(
                cache: try await StageBuilder(settings: settings.stages, task: name, tell: tell).cache())
        }
    }

    /// Makes the fusion; the embeddings come from the cache.
    public init(
        _ settings: ContextFusionSettings, _ material: FaceEmbeddingTask.Material, configuration: RunConfiguration,
        seed: UInt64
    ) throws {
        self.settings = settings
        cache = material.cache
        parameters = ParameterStore(seed: seed, on: configuration.device)
        var parts = ContextFusionConfiguration(form: settings.form)
        parts.isProjected = settings.isProjected
        fusion = try ContextFusion(parameters.root["context"], dimension: 128, parts)
        batches = AnyStageBatches(
            StageBatches(
                material.cache, shownAs: [.plain, .altered, .covered], size: configuration.batch,
                rowsPerPerson: settings.rowsPerPerson, seed: seed,
                withStages: false))
    }

    /// The weighted losses of a batch.
    public func loss(of batch: AnyStageBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let batch = batch.batch
        let count = batch.rows.count
        let contexts = ContextBatch.tensor(batch, hiding: settings.hidden, at: moment)
        let fused = fused(batch.embeddings, contexts, moment)
        let result = TripletLoss(margin: 0.2)(fused, labels: batch.labels, mining: settings.miner)
        var terms = ["triplet": result.loss]
        var total = result.loss * settings.triplet
        if settings.distillation > 0 {
            let bare = Tensor(batch.bare, shape: [count, 128], on: moment.device)
            let loss = EmbeddingDistillation.cosine(fused, teacher: bare)
            terms["distillation"] = loss
            total = total + loss * settings.distillation
        }
        return StepLoss(total, terms: terms)
    }

    private func fused(_ embeddings: [Float], _ contexts: Tensor, _ moment: TrainingMoment) -> Tensor {
        let embeddings = Tensor(embeddings, shape: [contexts.shape[0], 128], on: moment.device)
        return moment.mixed { fusion(embeddings, context: contexts) }.to(.float32)
    }

    /// False non-match rates of held-out people, bare and masked, at one threshold.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        func embeddings(_ rows: [Int]) -> (Tensor, [HeldOutMeasures.Face]) {
            let batch = cache.batch(rows, withStages: false)
            return (fused(batch.embeddings, ContextBatch.tensor(batch, at: moment), moment), cache.faces(rows))
        }
        return HeldOutMeasures.measures(
            bare: embeddings(cache.indices { $0.isHeldOut && $0.kind == .plain }),
            masked: embeddings(cache.indices { $0.isHeldOut && $0.kind == .masked }))
    }

    /// Writes what was trained beside the run.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        var configuration = FaceNetworkConfiguration()
        var parts = ContextFusionConfiguration(form: settings.form)
        parts.isProjected = settings.isProjected
        configuration.context = parts
        try TrainedFaceNetwork.write(parameters, configuration: configuration, in: moment.folder) { _ in false }
        return [:]
    }
}
