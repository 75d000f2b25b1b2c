/// A comparison of optimizers on functions or measured tables: `evaluate optimizers`.
public struct OptimizersEvaluationRecord: Codable, Hashable, Sendable {
    /// The results of one optimizer on one function.
    public struct Result: Codable, Hashable, Sendable {
        /// The name.
        public var optimizer: String
        /// A summary of the lowest value of each run.
        public var summary: SummaryRecord
        /// The rank of its median among the optimizers, from 1.
        public var rank: Double
        /// The other values that a table has besides the cost, at the best entry; means over the runs.
        public var told: [String: Double]

        /// Creates a record from its parts.
        public init(optimizer: String, summary: SummaryRecord, rank: Double, told: [String: Double]) {
            self.optimizer = optimizer
            self.summary = summary
            self.rank = rank
            self.told = told
        }
    }

    /// The results on one function.
    public struct Function: Codable, Hashable, Sendable {
        /// The name.
        public var function: String
        /// The results of each optimizer.
        public var results: [Result]

        /// Creates a record from its parts.
        public init(function: String, results: [Result]) {
            self.function = function
            self.results = results
        }
    }

    /// The results of one optimizer over all functions.
    public struct Overall: Codable, Hashable, Sendable {
        /// The name.
        public var optimizer: String
        /// The mean rank on functions with their minimum at the center; absent if there are none.
        public var meanRankCentered: Double?
        /// The mean rank on all other functions.
        public var meanRankShifted: Double
        /// The number of these on which it is not worse than the best optimizer.
        public var notWorse: Int
        /// A summary of the means of its lowest values.
        public var means: SummaryRecord
        /// Summaries of the other values that tables have besides the cost.
        public var told: [String: SummaryRecord]

        /// Creates a record from its parts.
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

    /// The number of variables.
    public var dimension: Int
    /// The number of evaluations in each run.
    public var evaluations: Int
    /// The number of candidates an optimizer keeps at a time.
    public var population: Int
    /// The number of runs of each optimizer on each function.
    public var runs: Int
    /// The results on each function.
    public var functions: [Function]
    /// The results of each optimizer, lowest mean rank first.
    public var overall: [Overall]

    /// Creates a record from its parts.
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
