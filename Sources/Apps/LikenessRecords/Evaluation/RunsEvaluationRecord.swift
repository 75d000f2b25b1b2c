/// Training runs beside each other: `evaluate runs`.
public struct RunsEvaluationRecord: Codable, Hashable, Sendable {
    /// The difference to the reference, over the seeds that both have.
    public struct Difference: Codable, Hashable, Sendable {
        /// The mean difference.
        public var difference: Double
        /// Its interval.
        public var interval: IntervalRecord
        /// The probability of such a difference if there were none, 0 to 1.
        public var p: Double

        /// A record from its parts.
        public init(difference: Double, interval: IntervalRecord, p: Double) {
            self.difference = difference
            self.interval = interval
            self.p = p
        }
    }

    /// One measure of one run.
    public struct Measure: Codable, Hashable, Sendable {
        /// Its values over the seeds.
        public var summary: SummaryRecord
        /// To the reference; absent for the reference itself and with fewer than two common seeds.
        public var difference: Difference?
        /// The p of ``difference`` after Holm's correction over the runs; absent with it.
        public var correctedP: Double?

        /// A record from its parts.
        public init(summary: SummaryRecord, difference: Difference? = nil, correctedP: Double? = nil) {
            self.summary = summary
            self.difference = difference
            self.correctedP = correctedP
        }
    }

    /// One run.
    public struct Run: Codable, Hashable, Sendable {
        /// Its seeds.
        public var seeds: [UInt64]
        /// How long a seed's steps took.
        public var seconds: SummaryRecord
        /// By name.
        public var measures: [String: Measure]

        /// A record from its parts.
        public init(seeds: [UInt64], seconds: SummaryRecord, measures: [String: Measure]) {
            self.seeds = seeds
            self.seconds = seconds
            self.measures = measures
        }
    }

    /// The run that others are compared with.
    public var reference: String
    /// The runs, in the order in which they were given.
    public var order: [String]
    /// Pictures that a run tests for each that it trains on.
    public var overlap: Double
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// By name.
    public var runs: [String: Run]

    /// A record from its parts.
    public init(reference: String, order: [String], overlap: Double, level: Double, runs: [String: Run]) {
        self.reference = reference
        self.order = order
        self.overlap = overlap
        self.level = level
        self.runs = runs
    }
}
