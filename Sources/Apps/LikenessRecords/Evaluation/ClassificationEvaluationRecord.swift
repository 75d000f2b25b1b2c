/// Closed-set identification by a classifier: `evaluate classify`.
public struct ClassificationEvaluationRecord: Codable, Hashable, Sendable {
    /// A measure over all runs.
    public struct Measure: Codable, Hashable, Sendable {
        /// Its name, such as `accuracy`.
        public var name: String
        /// The summary of its values.
        public var summary: SummaryRecord

        /// Creates a record from its parts.
        public init(name: String, summary: SummaryRecord) {
            self.name = name
            self.summary = summary
        }
    }

    /// A confusion of one person with another.
    public struct Confusion: Codable, Hashable, Sendable {
        /// The person in the picture.
        public var person: String
        /// The person predicted.
        public var takenFor: String
        /// The number of times it happened.
        public var count: Int
        /// The number of tests of the person.
        public var tested: Int

        /// Creates a record from its parts.
        public init(person: String, takenFor: String, count: Int, tested: Int) {
            self.person = person
            self.takenFor = takenFor
            self.count = count
            self.tested = tested
        }
    }

    /// The results of one method over all runs.
    public struct Method: Codable, Hashable, Sendable {
        /// `softmax` or `nearest-mean`.
        public var method: String
        /// The measures over the seeds.
        public var measures: [Measure]
        /// The confusions of all seeds together, most frequent first.
        public var confusions: [Confusion]

        /// Creates a record from its parts.
        public init(method: String, measures: [Measure], confusions: [Confusion]) {
            self.method = method
            self.measures = measures
            self.confusions = confusions
        }
    }

    /// The results of one method in one run.
    public struct Rates: Codable, Hashable, Sendable {
        /// The share of correct answers.
        public var accuracy: ObservedRateRecord
        /// The share of tests in which the person is among the first five answers; absent if there are fewer people.
        public var top5: ObservedRateRecord?

        /// Creates a record from its parts.
        public init(accuracy: ObservedRateRecord, top5: ObservedRateRecord? = nil) {
            self.accuracy = accuracy
            self.top5 = top5
        }
    }

    /// One division of the pictures.
    public struct Run: Codable, Hashable, Sendable {
        /// The seed.
        public var seed: UInt64
        /// The number of pictures tested.
        public var tested: Int
        /// The ridge penalties chosen, one for each fold.
        public var ridges: [Double]
        /// The results of the classifier.
        public var softmax: Rates
        /// The results of the nearest mean.
        public var nearestMean: Rates
        /// McNemar's test: the first method is the nearest mean, the second the classifier.
        public var mcNemar: McNemarRecord

        /// Creates a record from its parts.
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

    /// The number of people.
    public var people: Int
    /// The number of pictures.
    public var pictures: Int
    /// The number of pictures left out because their people have only one.
    public var leftOutImages: Int
    /// The number of pictures that failed. They are left out.
    public var failedImages: Int
    /// The folder of altered copies used for testing; absent without `--test-images`.
    public var testImages: String?
    /// The number of copies that failed. They count as errors. Absent without `--test-images`.
    public var failedTestImages: Int?
    /// The share of each person's pictures used for training, 0 to 1; absent with `--folds`.
    public var trainingShare: Double?
    /// The number of folds; absent without `--folds`.
    public var folds: Int?
    /// The number of divisions, with seeds from 1.
    public var seeds: UInt64
    /// The ridge penalties from which the best one was chosen.
    public var ridges: [Double]
    /// The results of each method over all runs.
    public var methods: [Method]
    /// The difference between the nearest mean (first) and the classifier (second), over all seeds together.
    public var difference: DifferenceRecord
    /// The results of each division.
    public var runs: [Run]
    /// The model and settings used.
    public var conditions: ConditionsRecord

    /// Creates a record from its parts.
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

    /// Reads the record, in which the fields of ``conditions`` are on the same level as the others.
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

    /// Writes the record, with the fields of ``conditions`` on the same level as the others.
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
