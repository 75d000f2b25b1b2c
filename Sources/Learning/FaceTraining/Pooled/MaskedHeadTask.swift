import Augmentation
import LikenessSupport
import Networks
public import Tensors
public import Training

/// What `masked-head` wants to know.
public struct MaskedHeadSettings: ConfigurationSection, Hashable {
    /// The pictures and the frozen trunk.
    public var stages = StageSettings()
    /// How the faces that are trained on are shown.
    public var shownAs: [ShownAs] = [.plain, .altered, .covered]
    /// Whether a masked face's coarse scale is given the picture in which the model `unmask-gan` took the mask off (paper C).
    public var completes = false
    /// The hidden neurons of each scale; paper C: 5 to 225.
    public var neurons = 128
    /// The share of them that training leaves out.
    public var dropout = 0.2
    /// Into how many parts the people who are trained on are dealt.
    public var folds = 5
    /// Which part is measured on instead, from 0.
    public var fold = 0
    /// Rows of a person in a batch.
    public var rowsPerPerson = 4
    /// The triplet loss's weight.
    public var triplet = 1.0
    /// Which triplets.
    public var miner = TripletMiner.semiHard
    /// The weight of FaceNet-128's own embedding of the bare face.
    public var distillation = 8.0
    /// The weight of the mask's state.
    public var mask = 0.25

    /// The defaults.
    public init() {}

    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try stages.check(fields["stages"])
        try fields["shownAs"].expect(!shownAs.isEmpty, "nothing", "one or more")
        try fields["completes"].expect(
            !completes || stages.completes, completes, "false where stages.completes is false")
        try fields["neurons"].expect(neurons, in: 1...4096)
        try fields["dropout"].expect(dropout, in: 0...0.95)
        try fields["folds"].expect(folds, in: 2...100)
        try fields["fold"].expect(fold, in: 0...folds - 1)
        try fields["rowsPerPerson"].expect(rowsPerPerson, in: 2...1000)
        for (name, weight) in [("triplet", triplet), ("distillation", distillation), ("mask", mask)] {
            try fields[name].expect(weight, in: 0...1000)
        }
        try fields["triplet"].expect(triplet + distillation > 0, triplet, "above 0 where distillation is 0")
    }
}

/// The two scales' hidden layers and heads on the means of the frozen trunk's stages: what `likeness tune` can afford to
/// train sixty times.
///
/// People: those whom the stage cache trains on are dealt into folds, of which one is validated on; those whom it holds
/// out are measured at the end, with masks of the designs that are kept for tests.
public struct MaskedHeadTask: RunnableTask {
    /// The name in a run's file.
    public static let name = "masked-head"
    /// What it is, for the command's help.
    public static let summary =
        "DS-AEAN's hidden layers and heads on the pooled stages of FaceNet-128's frozen trunk: seconds, to tune with"

    /// Rows of the stage cache, balanced over people.
    public let batches: PooledBatches
    /// Every value of the head.
    public let parameters: ParameterStore
    private let settings: MaskedHeadSettings
    private let pooled: PooledStages
    private let head: DualScaleHead
    private let validated: Set<Int>

    /// What all seeds share.
    public struct Material: Sendable { let pooled: PooledStages }

    /// Opens the stage cache, or makes it, and averages its maps.
    public static func prepare(
        _ settings: MaskedHeadSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        try await withoutActuallyEscaping(tell) { tell in
            let cache = try await StageBuilder(
                settings: settings.stages, task: name, fewestPeople: 2 * settings.folds, tell: tell
            ).cache()
            tell("averaging the stages of \(cache.index.samples.count) faces over their places")
            return Material(pooled: PooledStages(cache))
        }
    }

    /// Makes the head.
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

    /// The numbers of the people in one fold.
    static func fold(_ fold: Int, of folds: Int, people: Int, seed: UInt64) -> Set<Int> {
        var order = Array(0..<people)
        var generator = SeededGenerator(seed: seed).split(folds)
        generator.shuffle(&order)
        return Set(order.indices.filter { $0 % folds == fold }.map { order[$0] })
    }

    /// The weighted losses of a batch.
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

    // MARK: People who are not trained on

    /// How many masked faces of the validated people are identified (`accuracy`), and their error rates; beside these,
    /// as `test…`, what other people give, whom nothing is to be chosen by.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        let isValidated = { (sample: StageSample) in !sample.isHeldOut && validated.contains(sample.person) }
        let bare = faces(moment) { isValidated($0) && $0.kind == .plain }
        let masked = faces(moment) { isValidated($0) && $0.kind == .covered }
        var measures = HeldOutMeasures.measures(bare: bare, masked: masked)
        measures["accuracy"] = MaskedIdentification.rankOne(bare: bare, masked: masked).accuracy
        return measures.merging(testMeasures(at: moment)) { first, _ in first }
    }

    /// The people whom nothing was chosen by, with masks of designs that nothing was learned from.
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
