import Foundation
public import Networks
public import Tensors
public import Training

/// The settings of the task `context-fusion`.
public struct ContextFusionSettings: ConfigurationSection, Hashable {
    /// The pictures and the frozen trunk.
    public var stages = StageSettings()
    /// The form of the fusion (Karamizadeh et al., 2025).
    public var form = ContextFusionConfiguration.Form.crossAttention
    /// Whether the result is mapped back to 128 numbers.
    public var isProjected = true
    /// The number of rows per person in a batch.
    public var rowsPerPerson = 4
    /// The weight of the triplet loss.
    public var triplet = 1.0
    /// The miner that selects the triplets.
    public var miner = TripletMiner.semiHard
    /// The weight of the distillation from FaceNet-128's own embedding of the bare face.
    public var distillation = 1.0
    /// The probability that the mask's entry is hidden in training, so that the network also works without a mask
    /// classifier.
    public var hidden = 0.3

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try stages.check(fields["stages"])
        try fields["rowsPerPerson"].expect(rowsPerPerson, in: 2...1000)
        try fields["triplet"].expect(triplet, in: 0...1000)
        try fields["distillation"].expect(distillation, in: 0...1000)
        try fields["triplet"].expect(triplet + distillation > 0, triplet, "above 0 if distillation is 0")
        try fields["hidden"].expect(hidden, in: 0...1)
        try fields["isProjected"].expect(
            isProjected || form != .transformer, isProjected, "true for the transformer")
        try fields["isProjected"].expect(
            isProjected || distillation == 0, isProjected,
            "true if distillation is above 0, because its teacher has 128 numbers")
    }
}

/// A task that trains the fusion of FaceNet-128's embedding with the face's context (Karamizadeh et al., Technologies
/// 13:450, 2025, equations 8 to 11).
public struct ContextFusionTask: RunnableTask {
    /// The task's name in a configuration file.
    public static let name = "context-fusion"
    /// A summary for the command's help.
    public static let summary = "Fuses the embedding of FaceNet-128 with pose, light, sharpness and mask."

    /// Batches of rows of the stage cache, balanced over people.
    public let batches: AnyStageBatches
    /// All values of the fusion.
    public let parameters: ParameterStore
    private let settings: ContextFusionSettings
    private let cache: StageCache
    private let fusion: ContextFusion

    /// Opens the stage cache, or creates it.
    public static func prepare(
        _ settings: ContextFusionSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> FaceEmbeddingTask.Material {
        try await withoutActuallyEscaping(tell) { tell in
            FaceEmbeddingTask.Material(
                cache: try await StageBuilder(settings: settings.stages, task: name, tell: tell).cache())
        }
    }

    /// Creates the fusion. The embeddings come from the cache.
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

    /// Returns the weighted losses of a batch.
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

    /// Measures the false non-match rates of held-out people, bare and masked, at one threshold.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        func embeddings(_ rows: [Int]) -> (Tensor, [HeldOutMeasures.Face]) {
            let batch = cache.batch(rows, withStages: false)
            return (fused(batch.embeddings, ContextBatch.tensor(batch, at: moment), moment), cache.faces(rows))
        }
        return HeldOutMeasures.measures(
            bare: embeddings(cache.indices { $0.isHeldOut && $0.kind == .plain }),
            masked: embeddings(cache.indices { $0.isHeldOut && $0.kind == .masked }))
    }

    /// Writes the trained network to the run's folder.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        var configuration = FaceNetworkConfiguration()
        var parts = ContextFusionConfiguration(form: settings.form)
        parts.isProjected = settings.isProjected
        configuration.context = parts
        try TrainedFaceNetwork.write(parameters, configuration: configuration, in: moment.folder) { _ in false }
        return [:]
    }
}
