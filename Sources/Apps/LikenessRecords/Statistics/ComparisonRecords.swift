/// Which of two systems decides rightly where only one does: McNemar's test.
public struct McNemarRecord: Codable, Hashable, Sendable {
    /// How many decisions only the first gets right.
    public var onlyFirstRight: Int
    /// How many decisions only the second gets right.
    public var onlySecondRight: Int
    /// The exact test's p, 0 to 1.
    public var exactP: Double
    /// Its mid-p, 0 to 1.
    public var midP: Double

    /// A record from its parts.
    public init(onlyFirstRight: Int, onlySecondRight: Int, exactP: Double, midP: Double) {
        self.onlyFirstRight = onlyFirstRight
        self.onlySecondRight = onlySecondRight
        self.exactP = exactP
        self.midP = midP
    }
}

/// A figure of two systems on the same data.
public struct DifferenceRecord: Codable, Hashable, Sendable {
    /// Which figure.
    public var statistic: String
    /// The first system's.
    public var first: Double
    /// The second system's.
    public var second: Double
    /// The second's less the first's.
    public var difference: Double
    /// The interval of ``difference``, from drawing people.
    public var interval: IntervalRecord
    /// The probability of such a difference if there were none, 0 to 1.
    public var p: Double

    /// A record from its parts.
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

/// Intervals from drawing people with replacement.
public struct BootstrapRecord: Codable, Hashable, Sendable {
    /// The interval of a true match rate.
    public struct RateInterval: Codable, Hashable, Sendable {
        /// At which false match rate.
        public var fmr: Double
        /// The lower end.
        public var low: Double
        /// The upper end.
        public var high: Double

        /// A record from its parts.
        public init(fmr: Double, low: Double, high: Double) {
            self.fmr = fmr
            self.low = low
            self.high = high
        }
    }

    /// How often people were drawn.
    public var rounds: Int
    /// The seed of the drawing.
    public var seed: UInt64
    /// The coverage, such as 0.95.
    public var level: Double
    /// How many people there are.
    public var people: Int
    /// Of the accuracy; absent if there is one fold.
    public var accuracy: IntervalRecord?
    /// Of the area under the curve.
    public var auc: IntervalRecord
    /// Of the equal error rate.
    public var eer: IntervalRecord
    /// Of the true match rates.
    public var tar: [RateInterval]

    /// A record from its parts.
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
