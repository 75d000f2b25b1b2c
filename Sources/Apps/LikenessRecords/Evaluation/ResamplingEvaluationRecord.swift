/// Verification with several divisions of the people: `evaluate resampling`.
public struct ResamplingEvaluationRecord: Codable, Hashable, Sendable {
    /// The numbers of decisions of each kind.
    public struct Counts: Codable, Hashable, Sendable {
        /// The mated pairs that match.
        public var truePositives: Int
        /// The impostor pairs that match.
        public var falsePositives: Int
        /// The impostor pairs that don't match.
        public var trueNegatives: Int
        /// The mated pairs that don't match.
        public var falseNegatives: Int

        /// Creates a record from its parts.
        public init(truePositives: Int, falsePositives: Int, trueNegatives: Int, falseNegatives: Int) {
            self.truePositives = truePositives
            self.falsePositives = falsePositives
            self.trueNegatives = trueNegatives
            self.falseNegatives = falseNegatives
        }
    }

    /// The results of one run.
    public struct Run: Codable, Hashable, Sendable {
        /// The seed of the division.
        public var seed: UInt64
        /// The threshold chosen.
        public var threshold: Float
        /// The numbers of decisions.
        public var counts: Counts
        /// The share of correct decisions, 0 to 1.
        public var accuracy: Double
        /// The area under the ROC curve, 0 to 1.
        public var areaUnderCurve: Double

        /// Creates a record from its parts.
        public init(seed: UInt64, threshold: Float, counts: Counts, accuracy: Double, areaUnderCurve: Double) {
            self.seed = seed
            self.threshold = threshold
            self.counts = counts
            self.accuracy = accuracy
            self.areaUnderCurve = areaUnderCurve
        }
    }

    /// A measure over all runs.
    public struct Measure: Codable, Hashable, Sendable {
        /// Its name, such as `precision`.
        public var name: String
        /// The summary of its values.
        public var summary: SummaryRecord

        /// Creates a record from its parts.
        public init(name: String, summary: SummaryRecord) {
            self.name = name
            self.summary = summary
        }
    }

    /// The results for one way of dividing the people.
    public struct Division: Codable, Hashable, Sendable {
        /// `self-consistency`, `independent-set` or `k-fold`.
        public var name: String
        /// The number of folds; absent unless ``name`` is `k-fold`.
        public var folds: Int?
        /// The share of people used for testing, 0 to 1; absent unless ``name`` is `independent-set`.
        public var testShare: Double?
        /// A summary of the accuracy over the runs.
        public var accuracy: SummaryRecord
        /// A summary of the area under the ROC curve over the runs.
        public var auc: SummaryRecord
        /// A summary of the accuracy over the seeds; for each seed, the mean of its folds.
        public var accuracyBySeed: SummaryRecord
        /// Summaries of other measures over the runs.
        public var measures: [Measure]
        /// The results of each run.
        public var runs: [Run]

        /// Creates a record from its parts.
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

    /// The number of people.
    public var people: Int
    /// The number of pictures.
    public var pictures: Int
    /// The number of pictures that failed. They are not in any pair.
    public var failedImages: Int
    /// The number of divisions, with seeds from 1.
    public var seeds: UInt64
    /// The results for each way of dividing the people.
    public var protocols: [Division]
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
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

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        people = try container.decode(Int.self, forKey: .people)
        pictures = try container.decode(Int.self, forKey: .pictures)
        failedImages = try container.decode(Int.self, forKey: .failedImages)
        seeds = try container.decode(UInt64.self, forKey: .seeds)
        protocols = try container.decode([Division].self, forKey: .protocols)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
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
