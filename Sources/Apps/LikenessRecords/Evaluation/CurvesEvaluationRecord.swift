/// The errors under increasing distortion: `evaluate curves`.
public struct CurvesEvaluationRecord: Codable, Hashable, Sendable {
    /// The errors at one strength.
    public struct Point: Codable, Hashable, Sendable {
        /// The strength; absent for unaltered pictures.
        public var strength: Double?
        /// The share of correct decisions.
        public var accuracy: ObservedRateRecord
        /// The impostor pairs that match.
        public var fmr: ObservedRateRecord
        /// The mated pairs that don't match.
        public var fnmr: ObservedRateRecord
        /// The mated pairs with a picture in which no face is found. They count as false non-matches.
        public var failedMatedPairs: Int
        /// The impostor pairs with such a picture. They count as correct.
        public var failedImpostorPairs: Int
        /// The area under the ROC curve, 0 to 1.
        public var auc: Double

        /// Creates a record from its parts.
        public init(
            strength: Double? = nil, accuracy: ObservedRateRecord, fmr: ObservedRateRecord, fnmr: ObservedRateRecord,
            failedMatedPairs: Int, failedImpostorPairs: Int, auc: Double
        ) {
            self.strength = strength
            self.accuracy = accuracy
            self.fmr = fmr
            self.fnmr = fnmr
            self.failedMatedPairs = failedMatedPairs
            self.failedImpostorPairs = failedImpostorPairs
            self.auc = auc
        }
    }

    /// One kind of distortion.
    public struct Curve: Codable, Hashable, Sendable {
        /// `noise`, `blur`, `jpeg`, `darkness`, `resolution` or `occlusion`.
        public var kind: String
        /// The unit of the strengths.
        public var unit: String
        /// The strength that leaves pictures unchanged; absent if there is none.
        public var neutralStrength: Double?
        /// The results at each strength.
        public var points: [Point]

        /// Creates a record from its parts.
        public init(kind: String, unit: String, neutralStrength: Double? = nil, points: [Point]) {
            self.kind = kind
            self.unit = unit
            self.neutralStrength = neutralStrength
            self.points = points
        }
    }

    /// The false match rate of the threshold on the unaltered pairs.
    public var statedFMR: Double
    /// The threshold, which is the same for all points.
    public var threshold: Float
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// The results on the unaltered pairs.
    public var unaltered: Point
    /// The curves, one for each kind of distortion.
    public var curves: [Curve]
    /// The seed for noise and occlusions.
    public var seed: UInt64
    /// The number of unaltered pictures that failed.
    public var failedImages: Int
    /// The failed pictures, with reasons.
    public var failures: [FailedImageRecord]
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
    public init(
        statedFMR: Double, threshold: Float, level: Double, unaltered: Point, curves: [Curve], seed: UInt64,
        failedImages: Int, failures: [FailedImageRecord], conditions: ConditionsRecord
    ) {
        self.statedFMR = statedFMR
        self.threshold = threshold
        self.level = level
        self.unaltered = unaltered
        self.curves = curves
        self.seed = seed
        self.failedImages = failedImages
        self.failures = failures
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey {
        case statedFMR, threshold, level, unaltered, curves, seed, failedImages, failures
    }

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        statedFMR = try container.decode(Double.self, forKey: .statedFMR)
        threshold = try container.decode(Float.self, forKey: .threshold)
        level = try container.decode(Double.self, forKey: .level)
        unaltered = try container.decode(Point.self, forKey: .unaltered)
        curves = try container.decode([Curve].self, forKey: .curves)
        seed = try container.decode(UInt64.self, forKey: .seed)
        failedImages = try container.decode(Int.self, forKey: .failedImages)
        failures = try container.decode([FailedImageRecord].self, forKey: .failures)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(statedFMR, forKey: .statedFMR)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(level, forKey: .level)
        try container.encode(unaltered, forKey: .unaltered)
        try container.encode(curves, forKey: .curves)
        try container.encode(seed, forKey: .seed)
        try container.encode(failedImages, forKey: .failedImages)
        try container.encode(failures, forKey: .failures)
    }
}

/// A comparison of two models on the same distorted pairs, each at its own threshold.
public struct CurvesContrastRecord: Codable, Hashable, Sendable {
    /// The comparison at one strength of one kind.
    public struct Point: Codable, Hashable, Sendable {
        /// The kind; absent for unaltered pictures.
        public var kind: String?
        /// The strength; absent for unaltered pictures.
        public var strength: Double?
        /// McNemar's test on the decisions that only one model gets right.
        public var mcNemar: McNemarRecord
        /// The difference of the true match rates; absent if the list doesn't name the people in the pairs.
        public var tmr: DifferenceRecord?

        /// Creates a record from its parts.
        public init(kind: String? = nil, strength: Double? = nil, mcNemar: McNemarRecord, tmr: DifferenceRecord? = nil)
        {
            self.kind = kind
            self.strength = strength
            self.mcNemar = mcNemar
            self.tmr = tmr
        }
    }

    /// The first model.
    public var first: String
    /// The second model.
    public var second: String
    /// The models' thresholds, in the same order.
    public var thresholds: [Float]
    /// The number of times people were resampled.
    public var rounds: Int
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// The comparisons; unaltered pictures come first.
    public var points: [Point]

    /// Creates a record from its parts.
    public init(first: String, second: String, thresholds: [Float], rounds: Int, level: Double, points: [Point]) {
        self.first = first
        self.second = second
        self.thresholds = thresholds
        self.rounds = rounds
        self.level = level
        self.points = points
    }
}

/// A comparison of several models under increasing distortion: `evaluate curves --compare`.
public struct CurvesComparisonRecord: Codable, Hashable, Sendable {
    /// The results of each model, in the order given.
    public var models: [CurvesEvaluationRecord]
    /// The comparisons of the first model with each of the others.
    public var comparisons: [CurvesContrastRecord]

    /// Creates a record from its parts.
    public init(models: [CurvesEvaluationRecord], comparisons: [CurvesContrastRecord]) {
        self.models = models
        self.comparisons = comparisons
    }
}
