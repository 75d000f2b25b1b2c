import Foundation
import Networks
public import Tensors
public import Training

/// A task that trains FaceNet-128 with an attention gate, feature fusion, two scales with efficient attention and
/// context fusion. The trunk is frozen up to the third or fourth stage.
public struct FaceEmbeddingTask: RunnableTask {
    /// The task's name in a configuration file.
    public static let name = "face-embedding"
    /// A summary for the command's help.
    public static let summary =
        "Embeds faces: FaceNet-128, whose first layers stay as they are, with an attention gate, feature fusion, DS-AEAN "
        + "(the dual-scale attention network for masked faces) or fusion with the context."

    /// Batches of rows of the stage cache, balanced over people.
    public let batches: AnyStageBatches
    /// All values of the network and of the head over the people.
    public let parameters: ParameterStore
    let settings: FaceEmbeddingSettings
    let material: Material
    let network: FaceNetwork
    private let head: (any ClassificationHead)?

    /// The data that all seeds share.
    public struct Material: Sendable { let cache: StageCache }

    /// Opens the stage cache, or creates it.
    public static func prepare(
        _ settings: FaceEmbeddingSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        try await withoutActuallyEscaping(tell) { tell in
            Material(cache: try await StageBuilder(settings: settings.stages, task: name, tell: tell).cache())
        }
    }

    /// Creates the network with FaceNet-128's weights.
    public init(
        _ settings: FaceEmbeddingSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        (self.settings, self.material) = (settings, material)
        let device = configuration.device
        var pretrained = try TrainedFaceNetwork.pretrained(models: TrainingFolders.models(settings.stages.models))
        if settings.maskedPath {
            // The masked branch starts as a copy of the other one.
            for (copy, original) in MaskedPath.originals { pretrained[copy] = pretrained[original] }
        }
        let earlier = settings.startFrom.map { URL(filePath: $0, directoryHint: .isDirectory) }
        pretrained.merge(try TrainedFaceNetwork.mean(of: earlier, parts: settings.network)) { $1 }
        // The cache contains the trunk's early stages; only the later layers are in memory.
        let store = ParameterStore(pretrained, seed: seed, on: device) { pretrained[$0] == nil }
        network = try FaceNetwork(store.root, settings.network)
        let people = material.cache.index.trainingPeople.count
        head =
            settings.classification > 0
            ? try settings.head.make(
                store.root["people"], dimension: 128, classes: people, scale: settings.scale, margin: settings.margin)
            : nil
        let isTail = settings.depth == .tail
        store.freeze { name in
            guard name.hasPrefix("trunk.") else { return settings.maskedPath && name.hasPrefix("bottleneck.") }
            return !(isTail && (name.hasPrefix("trunk.reductionB") || name.hasPrefix("trunk.block8")))
        }
        parameters = store
        batches = AnyStageBatches(
            StageBatches(
                material.cache, shownAs: settings.shownAs, size: configuration.batch,
                rowsPerPerson: settings.rowsPerPerson, seed: seed,
                withStages: true))
    }

    /// Returns the weighted losses of a batch.
    public func loss(of batch: AnyStageBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let batch = batch.batch
        if settings.maskedPath { return maskedPathLoss(of: batch, at: moment) }
        let device = moment.device
        let result = moment.mixed { run(batch, training: true, moment: moment) }
        let embeddings = result.embedding.to(.float32)
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
        if settings.dualScale.mask > 0, let mask = result.mask?.to(.float32) {
            let labels = Tensor(material.cache.masks(batch.rows), on: device)
            add("mask", settings.dualScale.mask, crossEntropy(mask, labels: labels))
            terms["maskAccuracy"] = accuracy(mask, labels: labels)
        }
        guard let total else { preconditionFailure("all losses have weight 0, which the settings do not allow") }
        return StepLoss(total, terms: terms)
    }

    private func run(_ batch: StageBatches.Batch, training: Bool, moment: TrainingMoment) -> FaceNetwork.Result {
        let maps = zip(batch.stages.indices, batch.stages).map { tensor($1, stage: $0, moment) }
        var context: Tensor?
        if settings.context != .none {
            context =
                training
                ? ContextBatch.tensor(batch, hiding: settings.hidden, at: moment)
                : ContextBatch.tensor(batch, at: moment)
        }
        let coarse = settings.depth == .tail ? network.trunk.coarseStage(maps[2], training: training) : maps[3]
        let stages = InceptionResNetV1.Stages(stem: maps[0], fine: maps[1], middle: maps[2], coarse: coarse)
        return network.result(
            of: stages, bare: training ? bareStages(of: batch, beside: stages, moment) : nil, context: context,
            training: training)
    }

    func tensor(_ values: [UInt16], stage: Int, _ moment: TrainingMoment) -> Tensor {
        let shape = StageNetwork.shapes[stage]
        let tensor = Tensor(
            bfloat16: values, shape: [values.count / StageNetwork.sizes[stage]] + shape, on: moment.device)
        return (moment.precision == .bf16 ? tensor : tensor.to(.float32)).channelsLast
    }

    /// Returns, in some steps, the stages of the bare pictures of masked faces. Only the coarse stage is used.
    private func bareStages(
        of batch: StageBatches.Batch, beside stages: InceptionResNetV1.Stages, _ moment: TrainingMoment
    ) -> InceptionResNetV1.Stages? {
        let share = settings.dualScale.paired
        guard share > 0, network.dualScale != nil, Double(Tensor.uniform(0..<1, shape: [1]).scalar) < share else {
            return nil
        }
        let rows = material.cache.pairedRows(batch.rows)
        var bare = stages
        bare.coarse = tensor(material.cache.stage(3, of: rows), stage: 3, moment)
        return bare
    }

    // MARK: Held-out people

    /// Measures the false non-match rates of held-out people, bare and masked, at one threshold.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        let (bare, masked) = (heldOut(.plain, moment), heldOut(.masked, moment))
        var measures = HeldOutMeasures.measures(
            bare: (bare.embeddings, bare.faces), masked: (masked.embeddings, masked.faces))
        if let one = bare.maskedShare, let other = masked.maskedShare {
            measures["maskAccuracy"] = (1 - one + other) / 2
        }
        return measures
    }

    /// Measures masks of designs that are reserved for tests. They are never used for choosing anything.
    private func unseenMeasures(at moment: TrainingMoment) throws -> [String: Double] {
        let (bare, unseen) = (heldOut(.plain, moment), heldOut(.unseen, moment))
        var measures = try TestedFaces.figures(
            bare: (bare.embeddings, bare.faces), unseen: (unseen.embeddings, unseen.faces))
        if let one = bare.maskedShare, let other = unseen.maskedShare {
            measures["unseenMaskAccuracy"] = (1 - one + other) / 2
        }
        return measures
    }

    /// The network's output for the held-out faces of one variant.
    private struct HeldOut {
        var embeddings: Tensor
        var faces: [HeldOutMeasures.Face]
        /// The share of faces that the network considers masked; `nil` if it has no mask output.
        var maskedShare: Double?
    }

    private func heldOut(_ kind: StageSample.Kind, _ moment: TrainingMoment) -> HeldOut {
        let rows = material.cache.indices { $0.isHeldOut && $0.kind == kind }
        var parts: [Tensor] = []
        var masks: [Float] = []
        for start in stride(from: 0, to: rows.count, by: 64) {
            let batch = material.cache.batch(Array(rows[start..<min(start + 64, rows.count)]), withStages: true)
            let result = moment.mixed { run(batch, training: false, moment: moment) }
            parts.append(result.embedding.to(.float32))
            if let mask = result.mask { masks += mask.to(.float32).argMax(1).to(.float32).floats }
        }
        return HeldOut(
            embeddings: Tensor.concatenated(parts, axis: 0), faces: material.cache.faces(rows),
            maskedShare: masks.isEmpty ? nil : Double(masks.reduce(0, +)) / Double(masks.count))
    }

    /// Writes the trained network and the list of held-out people to the run's folder. Measures masks of unseen
    /// designs, and counts the trained values.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        let index = material.cache.index
        try HeldOutPictures.write(
            of: index.heldOutPeople, in: index.settings.archive, to: moment.folder.appending(path: "held-out.csv"))
        try TrainedFaceNetwork.write(
            parameters, configuration: settings.network, in: moment.folder
        ) { $0.hasPrefix("people") }
        var measures = try unseenMeasures(at: moment)
        measures["parameters"] = Double(learned.reduce(0) { $0 + $1.tensor.count })
        return measures
    }

    /// The trained values that belong to the network, without the head over the people, which only training needs.
    private var learned: [ParameterStore.Entry] { parameters.trainable.filter { !$0.name.hasPrefix("people") } }
}

extension StageCache {
    /// Returns the people and pictures of the rows.
    func faces(_ rows: [Int]) -> [HeldOutMeasures.Face] {
        rows.map { HeldOutMeasures.Face(person: index.samples[$0].person, entry: index.samples[$0].entry) }
    }

    /// Returns 1 for each row with a masked face, otherwise 0.
    func masks(_ rows: [Int]) -> [Int] {
        rows.map { [.plain, .altered].contains(index.samples[$0].kind) ? 0 : 1 }
    }

    /// Returns, for masked faces, the row in which a generator took the mask off, if there is one; for others their own
    /// row.
    func completedRows(_ rows: [Int]) -> [Int] {
        rows.map { row in
            let next = row + 1
            return next < index.samples.count && index.samples[next].kind == .completed ? next : row
        }
    }

    /// Returns, for masked faces, the row of the same face without a mask; for others their own row.
    func pairedRows(_ rows: [Int]) -> [Int] {
        zip(rows, masks(rows)).map { $1 == 1 ? bareRow($0) : $0 }
    }
}

/// Batches for the tasks of this module. Their content is internal.
public struct AnyStageBatches: BatchSource {
    /// One batch.
    public struct Batch: Sendable { let batch: StageBatches.Batch }

    private let source: StageBatches

    init(_ source: StageBatches) { self.source = source }

    /// The number of steps for one pass through the rows.
    public var stepsPerEpoch: Int { source.stepsPerEpoch }
    /// The number of rows in a step.
    public var examplesPerStep: Int { source.examplesPerStep }

    /// Returns the batch of this step. It depends only on epoch and step.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        Batch(batch: try await source.batch(epoch: epoch, step: step))
    }
}
