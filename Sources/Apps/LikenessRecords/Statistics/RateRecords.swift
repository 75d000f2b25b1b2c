/// An observed rate, with its interval.
public struct ObservedRateRecord: Codable, Hashable, Sendable {
    /// How many.
    public var count: Int
    /// Of how many.
    public var total: Int
    /// ``count`` / ``total``, 0 to 1.
    public var value: Double
    /// Lower end of the interval.
    public var low: Double
    /// Upper end of the interval.
    public var high: Double

    /// A record from its parts.
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
        /// How many errors.
        public var errors: Int
        /// Of how many pairs.
        public var pairs: Int
        /// ``errors`` / ``pairs``, 0 to 1.
        public var value: Double
        /// Lower end of the interval.
        public var low: Double
        /// Upper end of the interval.
        public var high: Double

        /// A record from its parts.
        public init(errors: Int, pairs: Int, value: Double, low: Double, high: Double) {
            self.errors = errors
            self.pairs = pairs
            self.value = value
            self.low = low
            self.high = high
        }
    }

    /// The cosine similarity from which a pair matches.
    public var threshold: Float
    /// Pairs of two people that match.
    public var fmr: Rate
    /// Pairs of one person that don't.
    public var fnmr: Rate

    /// A record from its parts.
    public init(threshold: Float, fmr: Rate, fnmr: Rate) {
        self.threshold = threshold
        self.fmr = fmr
        self.fnmr = fnmr
    }
}

/// How often similarities occur, in bins of equal width.
public struct HistogramRecord: Codable, Hashable, Sendable {
    /// The lower edge of the first bin.
    public var low: Float
    /// The upper edge of the last bin.
    public var high: Float
    /// Comparisons of one person in each bin.
    public var mated: [Int]
    /// Comparisons of two people in each bin.
    public var impostor: [Int]

    /// A record from its parts.
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
        /// The cosine similarity from which a pair matches.
        public var threshold: Float
        /// Comparisons of two people that match.
        public var fmr: ObservedRateRecord
        /// Comparisons of one person that don't.
        public var fnmr: ObservedRateRecord

        /// A record from its parts.
        public init(threshold: Float, fmr: ObservedRateRecord, fnmr: ObservedRateRecord) {
            self.threshold = threshold
            self.fmr = fmr
            self.fnmr = fnmr
        }
    }

    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// By threshold.
    public var points: [Point]

    /// A record from its parts.
    public init(level: Double, points: [Point]) {
        self.level = level
        self.points = points
    }
}
