/// An observed rate, with its interval.
public struct ObservedRateRecord: Codable, Hashable, Sendable {
    /// The number of events.
    public var count: Int
    /// The number of trials.
    public var total: Int
    /// ``count`` / ``total``, 0 to 1.
    public var value: Double
    /// The lower end of the interval.
    public var low: Double
    /// The upper end of the interval.
    public var high: Double

    /// Creates a record from its parts.
    public init(count: Int, total: Int, value: Double, low: Double, high: Double) {
        self.count = count
        self.total = total
        self.value = value
        self.low = low
        self.high = high
    }
}

/// The errors at one threshold.
public struct ThresholdErrorsRecord: Codable, Hashable, Sendable {
    /// One kind of error.
    public struct Rate: Codable, Hashable, Sendable {
        /// The number of errors.
        public var errors: Int
        /// The number of pairs.
        public var pairs: Int
        /// ``errors`` / ``pairs``, 0 to 1.
        public var value: Double
        /// The lower end of the interval.
        public var low: Double
        /// The upper end of the interval.
        public var high: Double

        /// Creates a record from its parts.
        public init(errors: Int, pairs: Int, value: Double, low: Double, high: Double) {
            self.errors = errors
            self.pairs = pairs
            self.value = value
            self.low = low
            self.high = high
        }
    }

    /// The threshold: the cosine similarity from which a pair matches.
    public var threshold: Float
    /// The impostor pairs that match.
    public var fmr: Rate
    /// The mated pairs that don't match.
    public var fnmr: Rate

    /// Creates a record from its parts.
    public init(threshold: Float, fmr: Rate, fnmr: Rate) {
        self.threshold = threshold
        self.fmr = fmr
        self.fnmr = fnmr
    }
}

/// A histogram of similarities, in bins of equal width.
public struct HistogramRecord: Codable, Hashable, Sendable {
    /// The lower edge of the first bin.
    public var low: Float
    /// The upper edge of the last bin.
    public var high: Float
    /// The number of mated comparisons in each bin.
    public var mated: [Int]
    /// The number of impostor comparisons in each bin.
    public var impostor: [Int]

    /// Creates a record from its parts.
    public init(low: Float, high: Float, mated: [Int], impostor: [Int]) {
        self.low = low
        self.high = high
        self.mated = mated
        self.impostor = impostor
    }
}

/// A detection error tradeoff curve.
public struct TradeoffRecord: Codable, Hashable, Sendable {
    /// The errors at one threshold.
    public struct Point: Codable, Hashable, Sendable {
        /// The threshold: the cosine similarity from which a pair matches.
        public var threshold: Float
        /// The impostor comparisons that match.
        public var fmr: ObservedRateRecord
        /// The mated comparisons that don't match.
        public var fnmr: ObservedRateRecord

        /// Creates a record from its parts.
        public init(threshold: Float, fmr: ObservedRateRecord, fnmr: ObservedRateRecord) {
            self.threshold = threshold
            self.fmr = fmr
            self.fnmr = fnmr
        }
    }

    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// The points, sorted by threshold.
    public var points: [Point]

    /// Creates a record from its parts.
    public init(level: Double, points: [Point]) {
        self.level = level
        self.points = points
    }
}
