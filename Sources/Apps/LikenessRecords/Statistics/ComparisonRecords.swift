/// McNemar's test of two systems, based on the decisions that only one of them gets right.
public struct McNemarRecord: Codable, Hashable, Sendable {
    /// The number of decisions that only the first gets right.
    public var onlyFirstRight: Int
    /// The number of decisions that only the second gets right.
    public var onlySecondRight: Int
    /// The p-value of the exact test, 0 to 1.
    public var exactP: Double
    /// The mid-p-value, 0 to 1.
    public var midP: Double

    /// Creates a record from its parts.
    public init(onlyFirstRight: Int, onlySecondRight: Int, exactP: Double, midP: Double) {
        self.onlyFirstRight = onlyFirstRight
        self.onlySecondRight = onlySecondRight
        self.exactP = exactP
        self.midP = midP
    }
}

/// A comparison of one statistic of two systems on the same data.
public struct DifferenceRecord: Codable, Hashable, Sendable {
    /// The name of the statistic.
    public var statistic: String
    /// The value of the first system.
    public var first: Double
    /// The value of the second system.
    public var second: Double
    /// The second value minus the first.
    public var difference: Double
    /// The interval of ``difference``, from resampling people.
    public var interval: IntervalRecord
    /// The p-value: the probability of a difference at least this large if there is no true difference, 0 to 1.
    public var p: Double

    /// Creates a record from its parts.
    public init(
        statistic: String, first: Double, second: Double, difference: Double, interval: IntervalRecord, p: Double
    ) {
        self.statistic = statistic
        self.first = first
        self.second = second
        self.difference = difference
        self.interval = interval
        self.p = p
    }
}

/// The bootstrap intervals: people were resampled with replacement.
public struct BootstrapRecord: Codable, Hashable, Sendable {
    /// The interval of a true match rate.
    public struct RateInterval: Codable, Hashable, Sendable {
        /// The false match rate.
        public var fmr: Double
        /// The lower end.
        public var low: Double
        /// The upper end.
        public var high: Double

        /// Creates a record from its parts.
        public init(fmr: Double, low: Double, high: Double) {
            self.fmr = fmr
            self.low = low
            self.high = high
        }
    }

    /// The number of times people were resampled.
    public var rounds: Int
    /// The seed of the resampling.
    public var seed: UInt64
    /// The coverage, such as 0.95.
    public var level: Double
    /// The number of people.
    public var people: Int
    /// The interval of the accuracy; absent if there is only one fold.
    public var accuracy: IntervalRecord?
    /// The interval of the area under the ROC curve.
    public var auc: IntervalRecord
    /// The interval of the equal error rate.
    public var eer: IntervalRecord
    /// The intervals of the true match rates.
    public var tar: [RateInterval]

    /// Creates a record from its parts.
    public init(
        rounds: Int, seed: UInt64, level: Double, people: Int, accuracy: IntervalRecord? = nil, auc: IntervalRecord,
        eer: IntervalRecord, tar: [RateInterval]
    ) {
        self.rounds = rounds
        self.seed = seed
        self.level = level
        self.people = people
        self.accuracy = accuracy
        self.auc = auc
        self.eer = eer
        self.tar = tar
    }
}
