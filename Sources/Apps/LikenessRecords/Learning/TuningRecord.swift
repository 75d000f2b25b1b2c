/// What a search for a run's best settings found: `tune`.
public struct TuningRecord: Codable, Hashable, Sendable {
    /// One search.
    public struct Search: Codable, Hashable, Sendable {
        /// The optimizer's name, such as `cma-es`.
        public var optimizer: String
        /// The search's seed.
        public var seed: UInt64
        /// The best settings, by the fields' dotted paths.
        public var best: [String: SettingRecord]
        /// Their cost: 1 / measure, or the measure itself if it is to be small; `"inf"` if no evaluation has a
        /// cost.
        public var cost: Double
        /// The number of the evaluation that found them, from 1.
        public var foundAt: Int
        /// How many evaluations failed.
        public var failed: Int
        /// How long the search took.
        public var seconds: Double
        /// What training with the best settings measured, by name; the mean over the run's seeds.
        public var measures: [String: Double]
        /// The least cost after each evaluation; `null` before the first that has one.
        public var convergence: [Double?]

        /// A record from its parts.
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

    /// An optimizer over its seeds.
    public struct Overall: Codable, Hashable, Sendable {
        /// The optimizer's name.
        public var optimizer: String
        /// The least costs.
        public var cost: SummaryRecord
        /// How long a search took, on average.
        public var meanSeconds: Double
        /// The means over the seeds, by name.
        public var measures: [String: Double]

        /// A record from its parts.
        public init(optimizer: String, cost: SummaryRecord, meanSeconds: Double, measures: [String: Double]) {
            self.optimizer = optimizer
            self.cost = cost
            self.meanSeconds = meanSeconds
            self.measures = measures
        }
    }

    /// What was searched, by dotted paths.
    public var fields: [String]
    /// How many evaluations each search had.
    public var evaluations: Int
    /// How many candidates an optimizer holds at a time.
    public var population: Int
    /// Every search.
    public var searches: [Search]
    /// Every optimizer, the least mean cost first.
    public var overall: [Overall]

    /// A record from its parts.
    public init(fields: [String], evaluations: Int, population: Int, searches: [Search], overall: [Overall]) {
        self.fields = fields
        self.evaluations = evaluations
        self.population = population
        self.searches = searches
        self.overall = overall
    }
}
