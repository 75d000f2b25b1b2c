/// Verification under several divisions of the people: `evaluate resampling`.
public struct ResamplingEvaluationRecord: Codable, Hashable, Sendable {
    /// Decisions, counted.
    public struct Counts: Codable, Hashable, Sendable {
        /// Pairs of one person that match.
        public var truePositives: Int
        /// Pairs of two people that match.
        public var falsePositives: Int
        /// Pairs of two people that don't.
        public var trueNegatives: Int
        /// Pairs of one person that don't.
        public var falseNegatives: Int

        /// A record from its parts.
        public init(truePositives: Int, falsePositives: Int, trueNegatives: Int, falseNegatives: Int) {
            self.truePositives = truePositives
            self.falsePositives = falsePositives
            self.trueNegatives = trueNegatives
            self.falseNegatives = falseNegatives
        }
    }

    /// One run.
    public struct Run: Codable, Hashable, Sendable {
        /// The seed of its division.
        public var seed: UInt64
        /// The threshold that was chosen.
        public var threshold: Float
        /// The decisions.
        public var counts: Counts
        /// Share of right decisions, 0 to 1.
        public var accuracy: Double
        /// Area under the ROC curve, 0 to 1.
        public var areaUnderCurve: Double

        /// A record from its parts.
        public init(seed: UInt64, threshold: Float, counts: Counts, accuracy: Double, areaUnderCurve: Double) {
            self.seed = seed
            self.threshold = threshold
            self.counts = counts
            self.accuracy = accuracy
            self.areaUnderCurve = areaUnderCurve
        }
    }

    /// A measure over the runs.
    public struct Measure: Codable, Hashable, Sendable {
        /// Its name, such as `precision`.
        public var name: String
        /// Its values.
        public var summary: SummaryRecord

        /// A record from its parts.
        public init(name: String, summary: SummaryRecord) {
            self.name = name
            self.summary = summary
        }
    }

    /// One way to divide the people.
    public struct Division: Codable, Hashable, Sendable {
        /// `self-consistency`, `independent-set` or `k-fold`.
        public var name: String
        /// How many folds; absent unless it is `k-fold`.
        public var folds: Int?
        /// The share of people who are tested, 0 to 1; absent unless it is `independent-set`.
        public var testShare: Double?
        /// The accuracy over the runs.
        public var accuracy: SummaryRecord
        /// The area under the curve over the runs.
        public var auc: SummaryRecord
        /// The accuracy over the seeds, each the mean of its folds.
        public var accuracyBySeed: SummaryRecord
        /// Other measures over the runs.
        public var measures: [Measure]
        /// Each run.
        public var runs: [Run]

        /// A record from its parts.
        public init(
            name: String, folds: Int? = nil, testShare: Double? = nil, accuracy: SummaryRecord, auc: SummaryRecord,
            accuracyBySeed: SummaryRecord, measures: [Measure], runs: [Run]
        ) {
            self.name = name
            self.folds = folds
            self.testShare = testShare
            self.accuracy = accuracy
            self.auc = auc
            self.accuracyBySeed = accuracyBySeed
            self.measures = measures
            self.runs = runs
        }

        private enum CodingKeys: String, CodingKey {
            case folds, testShare, accuracy, auc, accuracyBySeed, measures, runs
            case name = "protocol"
        }
    }

    /// How many people.
    public var people: Int
    /// How many pictures.
    public var pictures: Int
    /// Pictures that failed; they are in no pair.
    public var failedImages: Int
    /// How many divisions, by seeds from 1.
    public var seeds: UInt64
    /// Each way to divide the people.
    public var protocols: [Division]
    /// What ran.
    public var conditions: ConditionsRecord

    /// A record from its parts.
    public init(
        people: Int, pictures: Int, failedImages: Int, seeds: UInt64, protocols: [Division],
        conditions: ConditionsRecord
    ) {
        self.people = people
        self.pictures = pictures
        self.failedImages = failedImages
        self.seeds = seeds
        self.protocols = protocols
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey { case people, pictures, failedImages, seeds, protocols }

    /// Reads the record; the fields of ``conditions`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        people = try container.decode(Int.self, forKey: .people)
        pictures = try container.decode(Int.self, forKey: .pictures)
        failedImages = try container.decode(Int.self, forKey: .failedImages)
        seeds = try container.decode(UInt64.self, forKey: .seeds)
        protocols = try container.decode([Division].self, forKey: .protocols)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record; the fields of ``conditions`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(people, forKey: .people)
        try container.encode(pictures, forKey: .pictures)
        try container.encode(failedImages, forKey: .failedImages)
        try container.encode(seeds, forKey: .seeds)
        try container.encode(protocols, forKey: .protocols)
    }
}
