/// Closed-set identification by a classifier: `evaluate classify`.
public struct ClassificationEvaluationRecord: Codable, Hashable, Sendable {
    /// A measure over the runs.
    public struct Measure: Codable, Hashable, Sendable {
        /// Its name, such as `accuracy`.
        public var name: String
        /// Its values.
        public var summary: SummaryRecord

        /// A record from its parts.
        public init(name: String, summary: SummaryRecord) {
            self.name = name
            self.summary = summary
        }
    }

    /// Who was taken for whom.
    public struct Confusion: Codable, Hashable, Sendable {
        /// Who it is.
        public var person: String
        /// Who they were taken for.
        public var takenFor: String
        /// How often.
        public var count: Int
        /// Of how many tests of the person.
        public var tested: Int

        /// A record from its parts.
        public init(person: String, takenFor: String, count: Int, tested: Int) {
            self.person = person
            self.takenFor = takenFor
            self.count = count
            self.tested = tested
        }
    }

    /// What one method does over all runs.
    public struct Method: Codable, Hashable, Sendable {
        /// `softmax` or `nearest-mean`.
        public var method: String
        /// Over the seeds.
        public var measures: [Measure]
        /// Of all seeds together, the most frequent first.
        public var confusions: [Confusion]

        /// A record from its parts.
        public init(method: String, measures: [Measure], confusions: [Confusion]) {
            self.method = method
            self.measures = measures
            self.confusions = confusions
        }
    }

    /// One method in one run.
    public struct Rates: Codable, Hashable, Sendable {
        /// Share of right answers.
        public var accuracy: ObservedRateRecord
        /// Share of tests with the person among five; absent if there are fewer people.
        public var top5: ObservedRateRecord?

        /// A record from its parts.
        public init(accuracy: ObservedRateRecord, top5: ObservedRateRecord? = nil) {
            self.accuracy = accuracy
            self.top5 = top5
        }
    }

    /// One division of the pictures.
    public struct Run: Codable, Hashable, Sendable {
        /// Its seed.
        public var seed: UInt64
        /// How many pictures were tested.
        public var tested: Int
        /// The ridge that was chosen, for each fold.
        public var ridges: [Double]
        /// The classifier's.
        public var softmax: Rates
        /// The nearest mean's.
        public var nearestMean: Rates
        /// First the nearest mean, second the classifier.
        public var mcNemar: McNemarRecord

        /// A record from its parts.
        public init(
            seed: UInt64, tested: Int, ridges: [Double], softmax: Rates, nearestMean: Rates, mcNemar: McNemarRecord
        ) {
            self.seed = seed
            self.tested = tested
            self.ridges = ridges
            self.softmax = softmax
            self.nearestMean = nearestMean
            self.mcNemar = mcNemar
        }
    }

    /// How many people.
    public var people: Int
    /// How many pictures.
    public var pictures: Int
    /// Pictures of people with only one.
    public var leftOutImages: Int
    /// Pictures that failed; they are left out.
    public var failedImages: Int
    /// The folder of altered copies that are tested; absent without `--test-images`.
    public var testImages: String?
    /// Copies that failed; they count as errors. Absent without `--test-images`.
    public var failedTestImages: Int?
    /// The share of each person's pictures that is learned from, 0 to 1; absent with `--folds`.
    public var trainingShare: Double?
    /// How many folds; absent without `--folds`.
    public var folds: Int?
    /// How many divisions, by seeds from 1.
    public var seeds: UInt64
    /// What a ridge was chosen from.
    public var ridges: [Double]
    /// Each method over all runs.
    public var methods: [Method]
    /// First the nearest mean, second the classifier, of all seeds together.
    public var difference: DifferenceRecord
    /// Each division.
    public var runs: [Run]
    /// What ran.
    public var conditions: ConditionsRecord

    /// A record from its parts.
    public init(
        people: Int, pictures: Int, leftOutImages: Int, failedImages: Int, testImages: String? = nil,
        failedTestImages: Int? = nil, trainingShare: Double? = nil, folds: Int? = nil, seeds: UInt64, ridges: [Double],
        methods: [Method], difference: DifferenceRecord, runs: [Run], conditions: ConditionsRecord
    ) {
        self.people = people
        self.pictures = pictures
        self.leftOutImages = leftOutImages
        self.failedImages = failedImages
        self.testImages = testImages
        self.failedTestImages = failedTestImages
        self.trainingShare = trainingShare
        self.folds = folds
        self.seeds = seeds
        self.ridges = ridges
        self.methods = methods
        self.difference = difference
        self.runs = runs
        self.conditions = conditions
    }

    private enum CodingKeys: String, CodingKey {
        case people, pictures, leftOutImages, failedImages, testImages, failedTestImages, trainingShare, folds, seeds,
            ridges, methods, difference, runs
    }

    /// Reads the record; the fields of ``conditions`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        people = try container.decode(Int.self, forKey: .people)
        pictures = try container.decode(Int.self, forKey: .pictures)
        leftOutImages = try container.decode(Int.self, forKey: .leftOutImages)
        failedImages = try container.decode(Int.self, forKey: .failedImages)
        testImages = try container.decodeIfPresent(String.self, forKey: .testImages)
        failedTestImages = try container.decodeIfPresent(Int.self, forKey: .failedTestImages)
        trainingShare = try container.decodeIfPresent(Double.self, forKey: .trainingShare)
        folds = try container.decodeIfPresent(Int.self, forKey: .folds)
        seeds = try container.decode(UInt64.self, forKey: .seeds)
        ridges = try container.decode([Double].self, forKey: .ridges)
        methods = try container.decode([Method].self, forKey: .methods)
        difference = try container.decode(DifferenceRecord.self, forKey: .difference)
        runs = try container.decode([Run].self, forKey: .runs)
        conditions = try ConditionsRecord(from: decoder)
    }

    /// Writes the record; the fields of ``conditions`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try conditions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(people, forKey: .people)
        try container.encode(pictures, forKey: .pictures)
        try container.encode(leftOutImages, forKey: .leftOutImages)
        try container.encode(failedImages, forKey: .failedImages)
        try container.encodeIfPresent(testImages, forKey: .testImages)
        try container.encodeIfPresent(failedTestImages, forKey: .failedTestImages)
        try container.encodeIfPresent(trainingShare, forKey: .trainingShare)
        try container.encodeIfPresent(folds, forKey: .folds)
        try container.encode(seeds, forKey: .seeds)
        try container.encode(ridges, forKey: .ridges)
        try container.encode(methods, forKey: .methods)
        try container.encode(difference, forKey: .difference)
        try container.encode(runs, forKey: .runs)
    }
}
