/// A comparison of training runs: `evaluate runs`.
public struct RunsEvaluationRecord: Codable, Hashable, Sendable {
    /// The difference from the reference, over the seeds that both have.
    public struct Difference: Codable, Hashable, Sendable {
        /// The mean difference.
        public var difference: Double
        /// The interval of the mean difference.
        public var interval: IntervalRecord
        /// The p-value: the probability of a difference at least this large if there is no true difference, 0 to 1.
        public var p: Double

        /// Creates a record from its parts.
        public init(difference: Double, interval: IntervalRecord, p: Double) {
            self.difference = difference
            self.interval = interval
            self.p = p
        }
    }

    /// The results for one measure of one run.
    public struct Measure: Codable, Hashable, Sendable {
        /// A summary of its values over the seeds.
        public var summary: SummaryRecord
        /// The difference from the reference; absent for the reference itself, and if there are fewer than two common
        /// seeds.
        public var difference: Difference?
        /// The p-value of ``difference`` after Holm's correction over the runs; absent if ``difference`` is absent.
        public var correctedP: Double?

        /// Creates a record from its parts.
        public init(summary: SummaryRecord, difference: Difference? = nil, correctedP: Double? = nil) {
            self.summary = summary
            self.difference = difference
            self.correctedP = correctedP
        }
    }

    /// The results of one run.
    public struct Run: Codable, Hashable, Sendable {
        /// The seeds.
        public var seeds: [UInt64]
        /// A summary of the time for one seed's steps, in seconds.
        public var seconds: SummaryRecord
        /// The measures, by name.
        public var measures: [String: Measure]

        /// Creates a record from its parts.
        public init(seeds: [UInt64], seconds: SummaryRecord, measures: [String: Measure]) {
            self.seeds = seeds
            self.seconds = seconds
            self.measures = measures
        }
    }

    /// The name of the run with which the others are compared.
    public var reference: String
    /// The names of the runs, in the order given.
    public var order: [String]
    /// The number of pictures tested divided by the number of pictures used for training, in each run.
    public var overlap: Double
    /// The coverage of the intervals, such as 0.95.
    public var level: Double
    /// The runs, by name.
    public var runs: [String: Run]

    /// Creates a record from its parts.
    public init(reference: String, order: [String], overlap: Double, level: Double, runs: [String: Run]) {
        self.reference = reference
        self.order = order
        self.overlap = overlap
        self.level = level
        self.runs = runs
    }
}
