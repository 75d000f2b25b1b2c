/// The comparison of every picture with every other: `evaluate all-pairs`.
public struct AllPairsEvaluationRecord: Codable, Hashable, Sendable {
    /// The thresholds by false match rate, and the data on which they were measured.
    public struct Calibration: Codable, Hashable, Sendable {
        /// The points by decreasing false match rate.
        public var points: [Point]
        /// The number of people.
        public var people: Int
        /// The number of pictures.
        public var pictures: Int
        /// The number of impostor comparisons, between pictures of two people.
        public var impostorPairs: Int
        /// The number of pairs of different people.
        public var peoplePairs: Int
        /// The number of mated comparisons, between pictures of one person.
        public var matedPairs: Int

        /// Creates a record from its parts.
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
        /// The share of impostor comparisons at or above the threshold, 0 to 1.
        public var falseMatchRate: Double
        /// The threshold: the cosine similarity from which a comparison is a match.
        public var threshold: Float
        /// The number of false matches.
        public var falseMatches: Int
        /// The share of mated comparisons below the threshold, 0 to 1.
        public var falseNonMatchRate: Double
        /// The number of false non-matches.
        public var falseNonMatches: Int

        /// Creates a record from its parts.
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

    /// The area under the ROC curve, 0 to 1.
    public var auc: Double
    /// The equal error rate, 0 to 1.
    public var eer: Double
    /// The number of pictures that failed. They are not in any pair.
    public var failedImages: Int
    /// The thresholds by false match rate.
    public var calibration: Calibration
    /// The distribution of similarities.
    public var histogram: HistogramRecord
    /// The detection error tradeoff curve.
    public var det: TradeoffRecord
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
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

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
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

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
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

/// A comparison of several models on all pairs: `evaluate all-pairs --compare`.
public struct AllPairsComparisonRecord: Codable, Hashable, Sendable {
    /// The results of each model, in the order given.
    public var models: [AllPairsEvaluationRecord]

    /// Creates a record from its parts.
    public init(models: [AllPairsEvaluationRecord]) {
        self.models = models
    }
}
