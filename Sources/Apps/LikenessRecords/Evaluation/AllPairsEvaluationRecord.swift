/// Every picture compared with every other: `evaluate all-pairs`.
public struct AllPairsEvaluationRecord: Codable, Hashable, Sendable {
    /// Thresholds by false match rate, and what they rest on.
    public struct Calibration: Codable, Hashable, Sendable {
        /// By falling false match rate.
        public var points: [Point]
        /// How many people.
        public var people: Int
        /// How many pictures.
        public var pictures: Int
        /// How many comparisons of two people's pictures.
        public var impostorPairs: Int
        /// How many pairs of two people.
        public var peoplePairs: Int
        /// How many comparisons of one person's pictures.
        public var matedPairs: Int

        /// A record from its parts.
        public init(points: [Point], people: Int, pictures: Int, impostorPairs: Int, peoplePairs: Int, matedPairs: Int)
        {
            self.points = points
            self.people = people
            self.pictures = pictures
            self.impostorPairs = impostorPairs
            self.peoplePairs = peoplePairs
            self.matedPairs = matedPairs
        }
    }

    /// The errors at one threshold.
    public struct Point: Codable, Hashable, Sendable {
        /// Share of comparisons of two people at or above the threshold, 0 to 1.
        public var falseMatchRate: Double
        /// The cosine similarity from which a comparison is a match.
        public var threshold: Float
        /// How many comparisons of two people match.
        public var falseMatches: Int
        /// Share of comparisons of one person below the threshold, 0 to 1.
        public var falseNonMatchRate: Double
        /// How many of them.
        public var falseNonMatches: Int

        /// A record from its parts.
        public init(
            falseMatchRate: Double, threshold: Float, falseMatches: Int, falseNonMatchRate: Double, falseNonMatches: Int
        ) {
            self.falseMatchRate = falseMatchRate
            self.threshold = threshold
            self.falseMatches = falseMatches
            self.falseNonMatchRate = falseNonMatchRate
            self.falseNonMatches = falseNonMatches
        }
    }

    /// Area under the ROC curve, 0 to 1.
    public var auc: Double
    /// Equal error rate, 0 to 1.
    public var eer: Double
    /// Pictures that failed; they are in no pair.
    public var failedImages: Int
    /// Thresholds by false match rate.
    public var calibration: Calibration
    /// How often similarities occur.
    public var histogram: HistogramRecord
    /// Both kinds of error by threshold.
    public var det: TradeoffRecord
    /// What ran.
    public var conditions: ConditionsRecord

    /// A record from its parts.
    public init(
        auc: Double, eer: Double, failedImages: Int, calibration: Calibration, histogram: HistogramRecord,
        det: TradeoffRecord, conditions: ConditionsRecord
    ) {
        self.auc = auc
        self.eer = eer
        self.failedImages = failedImages
        self.calibration = calibration
        self.histogram = histogram
        self.det = det
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey { case auc, eer, failedImages, calibration, histogram, det }

    /// Reads the record; the fields of ``conditions`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        auc = try container.decode(Double.self, forKey: .auc)
        eer = try container.decode(Double.self, forKey: .eer)
        failedImages = try container.decode(Int.self, forKey: .failedImages)
        calibration = try container.decode(Calibration.self, forKey: .calibration)
        histogram = try container.decode(HistogramRecord.self, forKey: .histogram)
        det = try container.decode(TradeoffRecord.self, forKey: .det)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record; the fields of ``conditions`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(auc, forKey: .auc)
        try container.encode(eer, forKey: .eer)
        try container.encode(failedImages, forKey: .failedImages)
        try container.encode(calibration, forKey: .calibration)
        try container.encode(histogram, forKey: .histogram)
        try container.encode(det, forKey: .det)
    }
}

/// Several models on all pairs: `evaluate all-pairs --compare`.
public struct AllPairsComparisonRecord: Codable, Hashable, Sendable {
    /// What each says, the first one first.
    public var models: [AllPairsEvaluationRecord]

    /// A record from its parts.
    public init(models: [AllPairsEvaluationRecord]) {
        self.models = models
    }
}
