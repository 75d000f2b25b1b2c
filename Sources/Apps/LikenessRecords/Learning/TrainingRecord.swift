/// The result of a training run: `train`.
public struct TrainingRecord: Codable, Hashable, Sendable {
    /// The result of one seed.
    public struct Seed: Codable, Hashable, Sendable {
        /// The seed.
        public var seed: UInt64
        /// The number of training steps.
        public var steps: Int
        /// The step after which the weights were best.
        public var bestStep: Int
        /// Whether training stopped early because the measure no longer improved.
        public var stoppedEarly: Bool
        /// The duration of the steps, in seconds.
        public var seconds: Double
        /// The measures with the best weights, by name.
        public var measures: [String: Double]

        /// Creates a record from its parts.
        public init(
            seed: UInt64, steps: Int, bestStep: Int, stoppedEarly: Bool, seconds: Double, measures: [String: Double]
        ) {
            self.seed = seed
            self.steps = steps
            self.bestStep = bestStep
            self.stoppedEarly = stoppedEarly
            self.seconds = seconds
            self.measures = measures
        }
    }

    /// A measure over the seeds.
    public struct Spread: Codable, Hashable, Sendable {
        /// The mean.
        public var mean: Double
        /// The standard deviation (n − 1); absent for one seed.
        public var deviation: Double?
        /// The values, in the order of the seeds.
        public var values: [Double]

        /// Creates a record from its parts.
        public init(mean: Double, deviation: Double? = nil, values: [Double]) {
            self.mean = mean
            self.deviation = deviation
            self.values = values
        }
    }

    /// The training task.
    public var task: String
    /// One record for each seed.
    public var seeds: [Seed]
    /// The measures that every seed has, by name.
    public var measures: [String: Spread]

    /// Creates a record from its parts.
    public init(task: String, seeds: [Seed], measures: [String: Spread]) {
        self.task = task
        self.seeds = seeds
        self.measures = measures
    }
}
