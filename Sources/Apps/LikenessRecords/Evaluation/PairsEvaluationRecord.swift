/// The results of a model on a list of pairs: `evaluate pairs`.
public struct PairsEvaluationRecord: Codable, Hashable, Sendable {
    /// The accuracy over the folds.
    public struct Accuracy: Codable, Hashable, Sendable {
        /// The mean, 0 to 1.
        public var mean: Double
        /// The standard error of the mean.
        public var standardError: Double

        /// Creates a record from its parts.
        public init(mean: Double, standardError: Double) {
            self.mean = mean
            self.standardError = standardError
        }
    }

    /// The true match rate at a false match rate.
    public struct TrueMatchRate: Codable, Hashable, Sendable {
        /// The requested false match rate.
        public var fmr: Double
        /// The share of mated pairs that match, 0 to 1.
        public var value: Double
        /// The lower end of the interval.
        public var low: Double
        /// The upper end of the interval.
        public var high: Double
        /// The threshold: the cosine similarity from which a pair matches.
        public var threshold: Float
        /// The false match rate at that threshold.
        public var observedFMR: Double

        /// Creates a record from its parts.
        public init(fmr: Double, value: Double, low: Double, high: Double, threshold: Float, observedFMR: Double) {
            self.fmr = fmr
            self.value = value
            self.low = low
            self.high = high
            self.threshold = threshold
            self.observedFMR = observedFMR
        }
    }

    /// A false match rate for which there are too few impostor pairs.
    public struct RefusedRate: Codable, Hashable, Sendable {
        /// The requested false match rate.
        public var fmr: Double
        /// The number of impostor pairs it would need.
        public var impostorPairsNeeded: Int
        /// The explanation, in one sentence.
        public var reason: String

        /// Creates a record from its parts.
        public init(fmr: Double, impostorPairsNeeded: Int, reason: String) {
            self.fmr = fmr
            self.impostorPairsNeeded = impostorPairsNeeded
            self.reason = reason
        }
    }

    /// The result on one fold.
    public struct Fold: Codable, Hashable, Sendable {
        /// The fold's number.
        public var fold: Int
        /// The threshold, chosen on the other folds.
        public var threshold: Float
        /// The accuracy on this fold, 0 to 1.
        public var accuracy: Double
        /// The number of pairs in this fold.
        public var pairs: Int

        /// Creates a record from its parts.
        public init(fold: Int, threshold: Float, accuracy: Double, pairs: Int) {
            self.fold = fold
            self.threshold = threshold
            self.accuracy = accuracy
            self.pairs = pairs
        }
    }

    /// The accuracy over the folds; absent if there is only one.
    public var accuracy: Accuracy?
    /// The area under the ROC curve, 0 to 1.
    public var auc: Double
    /// The equal error rate, 0 to 1.
    public var eer: Double
    /// The true match rates at the requested false match rates.
    public var tar: [TrueMatchRate]
    /// The false match rates for which there are too few pairs.
    public var refused: [RefusedRate]
    /// The number of pairs.
    public var pairs: Int
    /// The number of mated pairs, which show one person.
    public var matedPairs: Int
    /// The number of impostor pairs, which show two people.
    public var impostorPairs: Int
    /// The number of pictures that failed.
    public var failedImages: Int
    /// The failed pictures, with reasons.
    public var failures: [FailedImageRecord]
    /// The number of mated pairs with a failed picture. They count as errors.
    public var failedMatedPairs: Int
    /// The number of impostor pairs with a failed picture. They count as correct.
    public var failedImpostorPairs: Int
    /// The origin of the folds: `given` by the list, or `dealt` in the order of the list.
    public var folding: String
    /// The results on each fold.
    public var folds: [Fold]
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// The distribution of similarities.
    public var histogram: HistogramRecord
    /// The errors at the requested thresholds.
    public var atThresholds: [ThresholdErrorsRecord]
    /// The intervals from resampling people; absent without `--bootstrap`.
    public var bootstrap: BootstrapRecord?
    /// A test of the error rates in the model's card with these pairs; absent if the card has none, and for templates.
    public var card: CardEvaluationRecord?
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
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

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
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

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
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

/// A comparison of two models on the same pairs.
public struct PairsContrastRecord: Codable, Hashable, Sendable {
    /// A comparison of the decisions at one false match rate.
    public struct Decisions: Codable, Hashable, Sendable {
        /// The false match rate.
        public var fmr: Double
        /// The first model's threshold.
        public var firstThreshold: Float
        /// The second model's threshold.
        public var secondThreshold: Float
        /// McNemar's test on the decisions that only one model gets right.
        public var mcNemar: McNemarRecord

        /// Creates a record from its parts.
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
    /// The comparisons at the false match rates that the pairs support.
    public var decisions: [Decisions]
    /// The differences of the results; empty if the list doesn't name the people in the pictures.
    public var differences: [DifferenceRecord]
    /// The number of times people were resampled.
    public var rounds: Int
    /// The number of people.
    public var people: Int
    /// The coverage of the intervals, such as 0.95.
    public var level: Double

    /// Creates a record from its parts.
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

/// A comparison of several models on a list of pairs: `evaluate pairs --compare`.
public struct PairsComparisonRecord: Codable, Hashable, Sendable {
    /// The results of each model, in the order given.
    public var models: [PairsEvaluationRecord]
    /// The comparisons of the first model with each of the others.
    public var comparisons: [PairsContrastRecord]

    /// Creates a record from its parts.
    public init(models: [PairsEvaluationRecord], comparisons: [PairsContrastRecord]) {
        self.models = models
        self.comparisons = comparisons
    }
}
