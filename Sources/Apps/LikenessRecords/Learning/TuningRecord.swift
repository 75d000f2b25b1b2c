/// The result of a search for the best settings of a run: `tune`.
public struct TuningRecord: Codable, Hashable, Sendable {
    /// One search.
    public struct Search: Codable, Hashable, Sendable {
        /// The optimizer's name, such as `cma-es`.
        public var optimizer: String
        /// The search's seed.
        public var seed: UInt64
        /// The best settings, by the dotted paths of their fields.
        public var best: [String: SettingRecord]
        /// The cost of the best settings: 1 / measure, or the measure itself if it should be small; `"inf"` if no
        /// evaluation succeeded.
        public var cost: Double
        /// The number of the evaluation that found them, from 1.
        public var foundAt: Int
        /// The number of evaluations that failed.
        public var failed: Int
        /// The duration of the search, in seconds.
        public var seconds: Double
        /// The measures after training with the best settings, by name; means over the run's seeds.
        public var measures: [String: Double]
        /// The lowest cost after each evaluation; `null` before the first successful one.
        public var convergence: [Double?]

        /// Creates a record from its parts.
        public init(
            optimizer: String, seed: UInt64, best: [String: SettingRecord], cost: Double, foundAt: Int, failed: Int,
            seconds: Double, measures: [String: Double], convergence: [Double?]
        ) {
            self.optimizer = optimizer
            self.seed = seed
            self.best = best
            self.cost = cost
            self.foundAt = foundAt
            self.failed = failed
            self.seconds = seconds
            self.measures = measures
            self.convergence = convergence
        }
    }

    /// The results of one optimizer over its seeds.
    public struct Overall: Codable, Hashable, Sendable {
        /// The optimizer's name.
        public var optimizer: String
        /// A summary of the lowest costs.
        public var cost: SummaryRecord
        /// The mean duration of a search, in seconds.
        public var meanSeconds: Double
        /// The means of the measures over the seeds, by name.
        public var measures: [String: Double]

        /// Creates a record from its parts.
        public init(optimizer: String, cost: SummaryRecord, meanSeconds: Double, measures: [String: Double]) {
            self.optimizer = optimizer
            self.cost = cost
            self.meanSeconds = meanSeconds
            self.measures = measures
        }
    }

    /// The fields that were searched, as dotted paths.
    public var fields: [String]
    /// The number of evaluations in each search.
    public var evaluations: Int
    /// The number of candidates an optimizer keeps at a time.
    public var population: Int
    /// The searches.
    public var searches: [Search]
    /// The results of each optimizer, lowest mean cost first.
    public var overall: [Overall]

    /// Creates a record from its parts.
    public init(fields: [String], evaluations: Int, population: Int, searches: [Search], overall: [Overall]) {
        self.fields = fields
        self.evaluations = evaluations
        self.population = population
        self.searches = searches
        self.overall = overall
    }
}
