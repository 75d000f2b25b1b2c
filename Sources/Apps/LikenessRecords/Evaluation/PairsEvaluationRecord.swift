/// What a model says of a list of pairs: `evaluate pairs`.
public struct PairsEvaluationRecord: Codable, Hashable, Sendable {
    /// The accuracy over the folds.
    public struct Accuracy: Codable, Hashable, Sendable {
        /// The mean, 0 to 1.
        public var mean: Double
        /// The standard error of the mean.
        public var standardError: Double

        /// A record from its parts.
        public init(mean: Double, standardError: Double) {
            self.mean = mean
            self.standardError = standardError
        }
    }

    /// The true match rate at a false match rate.
    public struct TrueMatchRate: Codable, Hashable, Sendable {
        /// The false match rate that was asked for.
        public var fmr: Double
        /// Share of pairs of one person that match, 0 to 1.
        public var value: Double
        /// Lower end of the interval.
        public var low: Double
        /// Upper end of the interval.
        public var high: Double
        /// The cosine similarity from which a pair matches.
        public var threshold: Float
        /// The false match rate at that threshold.
        public var observedFMR: Double

        /// A record from its parts.
        public init(fmr: Double, value: Double, low: Double, high: Double, threshold: Float, observedFMR: Double) {
            self.fmr = fmr
            self.value = value
            self.low = low
            self.high = high
            self.threshold = threshold
            self.observedFMR = observedFMR
        }
    }

    /// A false match rate for which there are too few pairs of two people.
    public struct RefusedRate: Codable, Hashable, Sendable {
        /// The false match rate that was asked for.
        public var fmr: Double
        /// How many pairs of two people it would need.
        public var impostorPairsNeeded: Int
        /// One sentence that says so.
        public var reason: String

        /// A record from its parts.
        public init(fmr: Double, impostorPairsNeeded: Int, reason: String) {
            self.fmr = fmr
            self.impostorPairsNeeded = impostorPairsNeeded
            self.reason = reason
        }
    }

    /// One fold.
    public struct Fold: Codable, Hashable, Sendable {
        /// Its number.
        public var fold: Int
        /// The threshold, chosen on the other folds.
        public var threshold: Float
        /// The accuracy on this fold, 0 to 1.
        public var accuracy: Double
        /// How many pairs it has.
        public var pairs: Int

        /// A record from its parts.
        public init(fold: Int, threshold: Float, accuracy: Double, pairs: Int) {
            self.fold = fold
            self.threshold = threshold
            self.accuracy = accuracy
            self.pairs = pairs
        }
    }

    /// Over the folds; absent if there is one.
    public var accuracy: Accuracy?
    /// Area under the ROC curve, 0 to 1.
    public var auc: Double
    /// Equal error rate, 0 to 1.
    public var eer: Double
    /// True match rates at false match rates.
    public var tar: [TrueMatchRate]
    /// Rates for which there are too few pairs.
    public var refused: [RefusedRate]
    /// How many pairs.
    public var pairs: Int
    /// How many of them show one person.
    public var matedPairs: Int
    /// How many of them show two people.
    public var impostorPairs: Int
    /// How many pictures failed.
    public var failedImages: Int
    /// Which they are.
    public var failures: [FailedImageRecord]
    /// Pairs of one person with such a picture: they count as errors.
    public var failedMatedPairs: Int
    /// Pairs of two people with such a picture: they count as right.
    public var failedImpostorPairs: Int
    /// Who made the folds: `given` by the list, or `dealt`.
    public var folding: String
    /// The folds.
    public var folds: [Fold]
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// How often similarities occur.
    public var histogram: HistogramRecord
    /// Errors at thresholds that were asked for.
    public var atThresholds: [ThresholdErrorsRecord]
    /// Intervals from drawing people; absent without `--bootstrap`.
    public var bootstrap: BootstrapRecord?
    /// What the model's card promised, against these pairs; absent if it has no figures, and of templates.
    public var card: CardEvaluationRecord?
    /// What ran.
    public var conditions: ConditionsRecord

    /// A record from its parts.
    public init(
        accuracy: Accuracy? = nil, auc: Double, eer: Double, tar: [TrueMatchRate], refused: [RefusedRate], pairs: Int,
        matedPairs: Int, impostorPairs: Int, failedImages: Int, failures: [FailedImageRecord], failedMatedPairs: Int,
        failedImpostorPairs: Int, folding: String, folds: [Fold], level: Double, histogram: HistogramRecord,
        atThresholds: [ThresholdErrorsRecord], bootstrap: BootstrapRecord? = nil, card: CardEvaluationRecord? = nil,
        conditions: ConditionsRecord
    ) {
        self.accuracy = accuracy
        self.auc = auc
        self.eer = eer
        self.tar = tar
        self.refused = refused
        self.pairs = pairs
        self.matedPairs = matedPairs
        self.impostorPairs = impostorPairs
        self.failedImages = failedImages
        self.failures = failures
        self.failedMatedPairs = failedMatedPairs
        self.failedImpostorPairs = failedImpostorPairs
        self.folding = folding
        self.folds = folds
        self.level = level
        self.histogram = histogram
        self.atThresholds = atThresholds
        self.bootstrap = bootstrap
        self.card = card
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey {
        case accuracy, auc, eer, tar, refused, pairs, matedPairs, impostorPairs, failedImages, failures,
            failedMatedPairs, failedImpostorPairs, folding, folds, level, histogram, atThresholds, bootstrap, card
    }

    /// Reads the record; the fields of ``conditions`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        accuracy = try container.decodeIfPresent(Accuracy.self, forKey: .accuracy)
        auc = try container.decode(Double.self, forKey: .auc)
        eer = try container.decode(Double.self, forKey: .eer)
        tar = try container.decode([TrueMatchRate].self, forKey: .tar)
        refused = try container.decode([RefusedRate].self, forKey: .refused)
        pairs = try container.decode(Int.self, forKey: .pairs)
        matedPairs = try container.decode(Int.self, forKey: .matedPairs)
        impostorPairs = try container.decode(Int.self, forKey: .impostorPairs)
        failedImages = try container.decode(Int.self, forKey: .failedImages)
        failures = try container.decode([FailedImageRecord].self, forKey: .failures)
        failedMatedPairs = try container.decode(Int.self, forKey: .failedMatedPairs)
        failedImpostorPairs = try container.decode(Int.self, forKey: .failedImpostorPairs)
        folding = try container.decode(String.self, forKey: .folding)
        folds = try container.decode([Fold].self, forKey: .folds)
        level = try container.decode(Double.self, forKey: .level)
        histogram = try container.decode(HistogramRecord.self, forKey: .histogram)
        atThresholds = try container.decode([ThresholdErrorsRecord].self, forKey: .atThresholds)
        bootstrap = try container.decodeIfPresent(BootstrapRecord.self, forKey: .bootstrap)
        card = try container.decodeIfPresent(CardEvaluationRecord.self, forKey: .card)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record; the fields of ``conditions`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(accuracy, forKey: .accuracy)
        try container.encode(auc, forKey: .auc)
        try container.encode(eer, forKey: .eer)
        try container.encode(tar, forKey: .tar)
        try container.encode(refused, forKey: .refused)
        try container.encode(pairs, forKey: .pairs)
        try container.encode(matedPairs, forKey: .matedPairs)
        try container.encode(impostorPairs, forKey: .impostorPairs)
        try container.encode(failedImages, forKey: .failedImages)
        try container.encode(failures, forKey: .failures)
        try container.encode(failedMatedPairs, forKey: .failedMatedPairs)
        try container.encode(failedImpostorPairs, forKey: .failedImpostorPairs)
        try container.encode(folding, forKey: .folding)
        try container.encode(folds, forKey: .folds)
        try container.encode(level, forKey: .level)
        try container.encode(histogram, forKey: .histogram)
        try container.encode(atThresholds, forKey: .atThresholds)
        try container.encodeIfPresent(bootstrap, forKey: .bootstrap)
        try container.encodeIfPresent(card, forKey: .card)
    }
}

/// Two models on the same pairs.
public struct PairsContrastRecord: Codable, Hashable, Sendable {
    /// What the models decide at one false match rate.
    public struct Decisions: Codable, Hashable, Sendable {
        /// The false match rate.
        public var fmr: Double
        /// The first model's threshold.
        public var firstThreshold: Float
        /// The second model's threshold.
        public var secondThreshold: Float
        /// Which model decides rightly where only one does.
        public var mcNemar: McNemarRecord

        /// A record from its parts.
        public init(fmr: Double, firstThreshold: Float, secondThreshold: Float, mcNemar: McNemarRecord) {
            self.fmr = fmr
            self.firstThreshold = firstThreshold
            self.secondThreshold = secondThreshold
            self.mcNemar = mcNemar
        }
    }

    /// The first model.
    public var first: String
    /// The second model.
    public var second: String
    /// At the rates that the pairs support.
    public var decisions: [Decisions]
    /// What the figures differ by; empty if the list does not say who is in the pictures.
    public var differences: [DifferenceRecord]
    /// How often people were drawn.
    public var rounds: Int
    /// How many people there are.
    public var people: Int
    /// The coverage of the intervals, such as 0.95.
    public var level: Double

    /// A record from its parts.
    public init(
        first: String, second: String, decisions: [Decisions], differences: [DifferenceRecord], rounds: Int,
        people: Int, level: Double
    ) {
        self.first = first
        self.second = second
        self.decisions = decisions
        self.differences = differences
        self.rounds = rounds
        self.people = people
        self.level = level
    }
}

/// Several models on a list of pairs: `evaluate pairs --compare`.
public struct PairsComparisonRecord: Codable, Hashable, Sendable {
    /// What each says, the first one first.
    public var models: [PairsEvaluationRecord]
    /// The first model with each other one.
    public var comparisons: [PairsContrastRecord]

    /// A record from its parts.
    public init(models: [PairsEvaluationRecord], comparisons: [PairsContrastRecord]) {
        self.models = models
        self.comparisons = comparisons
    }
}
