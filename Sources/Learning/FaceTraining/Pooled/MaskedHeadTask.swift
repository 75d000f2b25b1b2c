import Augmentation
import LikenessSupport
import Networks
public import Tensors
public import Training

/// The settings of the task `masked-head`.
public struct MaskedHeadSettings: ConfigurationSection, Hashable {
    /// The pictures and the frozen trunk.
    public var stages = StageSettings()
    /// The variants of the training faces.
    public var shownAs: [ShownAs] = [.plain, .altered, .covered]
    /// Whether a masked face's coarse scale sees the picture that the model `unmask-gan` completed (as in the DS-AEAN
    /// paper).
    public var completes = false
    /// The hidden neurons of each scale; the DS-AEAN paper tunes them from 5 to 225.
    public var neurons = 128
    /// The dropout rate of the hidden neurons.
    public var dropout = 0.2
    /// The number of folds into which the training people are split.
    public var folds = 5
    /// The fold that is used for validation instead of training, from 0.
    public var fold = 0
    /// The number of rows per person in a batch.
    public var rowsPerPerson = 4
    /// The weight of the triplet loss.
    public var triplet = 1.0
    /// The miner that selects the triplets.
    public var miner = TripletMiner.semiHard
    /// The weight of the distillation from FaceNet-128's own embedding of the bare face.
    public var distillation = 8.0
    /// The weight of the mask state's loss.
    public var mask = 0.25

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try stages.check(fields["stages"])
        try fields["shownAs"].expect(!shownAs.isEmpty, "[]", "a list of one or more variants")
        try fields["completes"].expect(
            !completes || stages.completes, completes, "false if stages.completes is false")
        try fields["neurons"].expect(neurons, in: 1...4096)
        try fields["dropout"].expect(dropout, in: 0...0.95)
        try fields["folds"].expect(folds, in: 2...100)
        try fields["fold"].expect(fold, in: 0...folds - 1)
        try fields["rowsPerPerson"].expect(rowsPerPerson, in: 2...1000)
        for (name, weight) in [("triplet", triplet), ("distillation", distillation), ("mask", mask)] {
            try fields[name].expect(weight, in: 0...1000)
        }
        try fields["triplet"].expect(triplet + distillation > 0, triplet, "above 0 if distillation is 0")
    }
}

/// A task that trains the hidden layers and heads of the two scales on the spatial means of the frozen trunk's stages.
/// It is fast enough for `likeness tune` to train sixty times.
///
/// The training people of the stage cache are split into folds, one of which is used for validation. The held-out
/// people of the stage cache are measured at the end, with mask designs that are reserved for tests.
public struct MaskedHeadTask: RunnableTask {
    /// The task's name in a configuration file.
    public static let name = "masked-head"
    /// A summary for the command's help.
    public static let summary =
        "Recognizes masked faces: only the last layers of DS-AEAN, the dual-scale attention network, on features of "
        + "FaceNet-128 that are computed once. It trains in seconds, for tuning."

    /// Batches of rows of the stage cache, balanced over people.
    public let batches: PooledBatches
    /// All values of the head.
    public let parameters: ParameterStore
    private let settings: MaskedHeadSettings
    private let pooled: PooledStages
    private let head: DualScaleHead
    private let validated: Set<Int>

    /// The data that all seeds share.
    public struct Material: Sendable { let pooled: PooledStages }

    /// Opens the stage cache, or creates it, and averages its maps.
    public static func prepare(
        _ settings: MaskedHeadSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        try await withoutActuallyEscaping(tell) { tell in
            let cache = try await StageBuilder(
                settings: settings.stages, task: name, fewestPeople: 2 * settings.folds, tell: tell
            ).cache()
            tell("averaging the stages of \(cache.index.samples.count) faces over their positions")
            return Material(pooled: PooledStages(cache))
        }
    }

    /// Creates the head.
    public init(
        _ settings: MaskedHeadSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        (self.settings, pooled) = (settings, material.pooled)
        parameters = ParameterStore(seed: seed, on: configuration.device)
        head = try DualScaleHead(
            parameters.root["head"], fineSize: PooledStages.fineSize, coarseSize: PooledStages.coarseSize,
            neurons: settings.neurons, dimension: StageNetwork.dimension, dropout: settings.dropout)
        let validated = Self.fold(
            settings.fold, of: settings.folds, people: pooled.cache.index.trainingPeople.count,
            seed: settings.stages.splitSeed)
        self.validated = validated
        batches = PooledBatches(
            pooled,
            rows: pooled.cache.indices {
                !$0.isHeldOut && !validated.contains($0.person) && ShownAs.isShown($0, as: settings.shownAs)
            }, completes: settings.completes, size: configuration.batch, rowsPerPerson: settings.rowsPerPerson,
            seed: seed)
    }

    /// Returns the numbers of the people in one fold.
    static func fold(_ fold: Int, of folds: Int, people: Int, seed: UInt64) -> Set<Int> {
        var order = Array(0..<people)
        var generator = SeededGenerator(seed: seed).split(folds)
        generator.shuffle(&order)
        return Set(order.indices.filter { $0 % folds == fold }.map { order[$0] })
    }

    /// Returns the weighted losses of a batch.
    public func loss(of batch: PooledBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let result = run(batch, training: true, moment)
        let embeddings = result.embedding.to(.float32)
        let mined = TripletLoss(margin: 0.2)(embeddings, labels: batch.labels, mining: settings.miner)
        let bare = Tensor(batch.bare, shape: [batch.labels.count, StageNetwork.dimension], on: moment.device)
        let distilled = EmbeddingDistillation.cosine(embeddings, teacher: bare)
        let mask = result.mask.to(.float32)
        let masks = Tensor(batch.masks, on: moment.device)
        let worn = crossEntropy(mask, labels: masks)
        let total = mined.loss * settings.triplet + distilled * settings.distillation + worn * settings.mask
        return StepLoss(
            total,
            terms: [
                "triplet": mined.loss, "distillation": distilled, "mask": worn,
                "maskAccuracy": accuracy(mask, labels: masks),
            ])
    }

    private func run(
        _ batch: PooledBatches.Batch, training: Bool, _ moment: TrainingMoment
    ) -> (embedding: Tensor, mask: Tensor) {
        func tensor(_ values: [Float], _ width: Int) -> Tensor {
            Tensor(values, shape: [batch.labels.count, width], on: moment.device)
        }
        return moment.mixed {
            head(
                fine: tensor(batch.fine, PooledStages.fineSize), coarse: tensor(batch.coarse, PooledStages.coarseSize),
                identity: tensor(batch.embeddings, StageNetwork.dimension), training: training)
        }
    }

    // MARK: Held-out people

    /// Measures the identification of masked faces of the validation people (`accuracy`) and their error rates. The
    /// measures `test…` are those of the test people, which must not be used for choosing anything.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        let isValidated = { (sample: StageSample) in !sample.isHeldOut && validated.contains(sample.person) }
        let bare = faces(moment) { isValidated($0) && $0.kind == .plain }
        let masked = faces(moment) { isValidated($0) && $0.kind == .covered }
        var measures = HeldOutMeasures.measures(bare: bare, masked: masked)
        measures["accuracy"] = MaskedIdentification.rankOne(bare: bare, masked: masked).accuracy
        return measures.merging(testMeasures(at: moment)) { first, _ in first }
    }

    /// Returns the measures of the test people, with mask designs that training does not use.
    private func testMeasures(at moment: TrainingMoment) -> [String: Double] {
        let bare = faces(moment) { $0.isHeldOut && $0.kind == .plain }
        let masked = faces(moment) { $0.isHeldOut && $0.kind == .unseen }
        let measures = HeldOutMeasures.measures(bare: bare, masked: masked)
        let found = MaskedIdentification.rankOne(bare: bare, masked: masked)
        return [
            "testAccuracy": found.accuracy, "testProbes": Double(found.probes),
            "testBareFNMR": measures["bareFNMR"] ?? .nan, "testMaskedFNMR": measures["maskedFNMR"] ?? .nan,
        ]
    }

    private func faces(
        _ moment: TrainingMoment, _ isWanted: (StageSample) -> Bool
    ) -> (Tensor, [HeldOutMeasures.Face]) {
        let rows = pooled.cache.indices(isWanted)
        return (
            run(pooled.batch(rows, completes: settings.completes), training: false, moment).embedding.to(.float32),
            pooled.cache.faces(rows)
        )
    }
}
