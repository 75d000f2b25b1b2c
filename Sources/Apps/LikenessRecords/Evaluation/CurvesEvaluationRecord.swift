/// Errors under rising distortion: `evaluate curves`.
public struct CurvesEvaluationRecord: Codable, Hashable, Sendable {
    /// The errors at one strength.
    public struct Point: Codable, Hashable, Sendable {
        /// The strength; absent for pictures as they are.
        public var strength: Double?
        /// Share of right decisions.
        public var accuracy: ObservedRateRecord
        /// Pairs of two people that match.
        public var fmr: ObservedRateRecord
        /// Pairs of one person that don't.
        public var fnmr: ObservedRateRecord
        /// Pairs of one person with a picture in which no face is found; they are among the misses.
        public var failedMatedPairs: Int
        /// Pairs of two people with such a picture; they count as right.
        public var failedImpostorPairs: Int
        /// Area under the ROC curve, 0 to 1.
        public var auc: Double

        /// A record from its parts.
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
        /// What its strengths count.
        public var unit: String
        /// The strength that leaves pictures as they are; absent if there is none.
        public var neutralStrength: Double?
        /// By strength.
        public var points: [Point]

        /// A record from its parts.
        public init(kind: String, unit: String, neutralStrength: Double? = nil, points: [Point]) {
            self.kind = kind
            self.unit = unit
            self.neutralStrength = neutralStrength
            self.points = points
        }
    }

    /// The false match rate that the threshold has on the pairs as they are.
    public var statedFMR: Double
    /// The threshold of all points.
    public var threshold: Float
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// The pairs as they are.
    public var unaltered: Point
    /// By kind.
    public var curves: [Curve]
    /// The seed of noise and covers.
    public var seed: UInt64
    /// How many pictures failed as they are.
    public var failedImages: Int
    /// Which they are.
    public var failures: [FailedImageRecord]
    /// What ran.
    public var conditions: ConditionsRecord

    /// A record from its parts.
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

    /// Reads the record; the fields of ``conditions`` stand beside the others.
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

    /// Writes the record; the fields of ``conditions`` stand beside the others.
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

/// Two models on the same distorted pairs, each at its own threshold.
public struct CurvesContrastRecord: Codable, Hashable, Sendable {
    /// One strength of one kind.
    public struct Point: Codable, Hashable, Sendable {
        /// The kind; absent for pictures as they are.
        public var kind: String?
        /// The strength; absent for pictures as they are.
        public var strength: Double?
        /// Which model decides rightly where only one does.
        public var mcNemar: McNemarRecord
        /// The true match rates; absent if the list does not say who is in the pairs.
        public var tmr: DifferenceRecord?

        /// A record from its parts.
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
    /// The models' thresholds.
    public var thresholds: [Float]
    /// How often people were drawn.
    public var rounds: Int
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// The pictures as they are first.
    public var points: [Point]

    /// A record from its parts.
    public init(first: String, second: String, thresholds: [Float], rounds: Int, level: Double, points: [Point]) {
        self.first = first
        self.second = second
        self.thresholds = thresholds
        self.rounds = rounds
        self.level = level
        self.points = points
    }
}

/// Several models under rising distortion: `evaluate curves --compare`.
public struct CurvesComparisonRecord: Codable, Hashable, Sendable {
    /// What each says, the first one first.
    public var models: [CurvesEvaluationRecord]
    /// The first model with each other one.
    public var comparisons: [CurvesContrastRecord]

    /// A record from its parts.
    public init(models: [CurvesEvaluationRecord], comparisons: [CurvesContrastRecord]) {
        self.models = models
        self.comparisons = comparisons
    }
}
