/// Optimizers on functions or measured tables: `evaluate optimizers`.
public struct OptimizersEvaluationRecord: Codable, Hashable, Sendable {
    /// One optimizer on one function.
    public struct Result: Codable, Hashable, Sendable {
        /// Its name.
        public var optimizer: String
        /// The least values of its runs.
        public var summary: SummaryRecord
        /// The rank of its median among the optimizers, from 1.
        public var rank: Double
        /// What a table has beside the cost, at the best; the mean over the runs.
        public var told: [String: Double]

        /// A record from its parts.
        public init(optimizer: String, summary: SummaryRecord, rank: Double, told: [String: Double]) {
            self.optimizer = optimizer
            self.summary = summary
            self.rank = rank
            self.told = told
        }
    }

    /// One function.
    public struct Function: Codable, Hashable, Sendable {
        /// Its name.
        public var function: String
        /// By optimizer.
        public var results: [Result]

        /// A record from its parts.
        public init(function: String, results: [Result]) {
            self.function = function
            self.results = results
        }
    }

    /// One optimizer over all functions.
    public struct Overall: Codable, Hashable, Sendable {
        /// Its name.
        public var optimizer: String
        /// Its mean rank on functions whose least value lies in the center; absent if there are none.
        public var meanRankCentered: Double?
        /// Its mean rank on all others.
        public var meanRankShifted: Double
        /// On how many of these it is not worse than the best one.
        public var notWorse: Int
        /// The means of its least values.
        public var means: SummaryRecord
        /// What tables have beside the cost.
        public var told: [String: SummaryRecord]

        /// A record from its parts.
        public init(
            optimizer: String, meanRankCentered: Double? = nil, meanRankShifted: Double, notWorse: Int,
            means: SummaryRecord, told: [String: SummaryRecord]
        ) {
            self.optimizer = optimizer
            self.meanRankCentered = meanRankCentered
            self.meanRankShifted = meanRankShifted
            self.notWorse = notWorse
            self.means = means
            self.told = told
        }
    }

    /// How many variables.
    public var dimension: Int
    /// How many evaluations a run has.
    public var evaluations: Int
    /// How many candidates an optimizer holds at a time.
    public var population: Int
    /// How many runs of each optimizer on each function.
    public var runs: Int
    /// Each function.
    public var functions: [Function]
    /// Each optimizer, the least mean rank first.
    public var overall: [Overall]

    /// A record from its parts.
    public init(dimension: Int, evaluations: Int, population: Int, runs: Int, functions: [Function], overall: [Overall])
    {
        self.dimension = dimension
        self.evaluations = evaluations
        self.population = population
        self.runs = runs
        self.functions = functions
        self.overall = overall
    }
}
