/// The result of one seed.
public struct SeedResult: Codable, Sendable, Hashable {
    /// The seed.
    public var seed: UInt64
    /// The number of steps.
    public var steps: Int
    /// The step with the best weights.
    public var bestStep: Int
    /// Whether patience ran out before the last step.
    public var stoppedEarly: Bool
    /// The duration of the steps, in seconds.
    public var seconds: Double
    /// The measures with the best weights, by name.
    public var measures: [String: Double]
}

/// The results of all seeds.
public struct RunSummary: Codable, Sendable, Hashable {
    /// A measure's mean and deviation over the seeds.
    public struct Spread: Codable, Sendable, Hashable {
        /// The mean.
        public var mean: Double
        /// The standard deviation of a sample (divided by n − 1); `nil` for one seed.
        public var deviation: Double?
        /// The values, in the order of the seeds.
        public var values: [Double]

        /// Computes the mean and deviation of one or more values.
        init(_ values: [Double]) {
            self.values = values
            let mean = values.reduce(0, +) / Double(values.count)
            self.mean = mean
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
        }
    }

    /// The name of the task.
    public var task: String
    /// The results, one for each seed.
    public var seeds: [SeedResult]
    /// The measures that all seeds have, over the seeds.
    public var measures: [String: Spread]

    /// Creates a summary of one or more seeds.
    public init(task: String, seeds: [SeedResult]) {
        (self.task, self.seeds) = (task, seeds)
        let names = seeds.first?.measures.keys.filter { name in seeds.allSatisfy { $0.measures[name] != nil } } ?? []
        measures = Dictionary(
            uniqueKeysWithValues: names.map { name in (name, Spread(seeds.compactMap { $0.measures[name] })) })
    }
}
