/// What came of one seed.
public struct SeedResult: Codable, Sendable, Hashable {
    /// The seed.
    public var seed: UInt64
    /// How many steps were made.
    public var steps: Int
    /// After how many of them the weights were best.
    public var bestStep: Int
    /// Whether patience ran out before the end.
    public var stoppedEarly: Bool
    /// How long the steps took, in seconds.
    public var seconds: Double
    /// What was measured with the best weights, by name.
    public var measures: [String: Double]
}

/// What came of all seeds.
public struct RunSummary: Codable, Sendable, Hashable {
    /// A measure over the seeds.
    public struct Spread: Codable, Sendable, Hashable {
        /// The mean.
        public var mean: Double
        /// The standard deviation of a sample (divided by one less than there are); `nil` of one seed.
        public var deviation: Double?
        /// The values, in the order of the seeds.
        public var values: [Double]

        /// The spread of one value or more.
        init(_ values: [Double]) {
            self.values = values
            let mean = values.reduce(0, +) / Double(values.count)
            self.mean = mean
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
        }
    }

    /// What was trained.
    public var task: String
    /// One for each seed.
    public var seeds: [SeedResult]
    /// The measures that every seed has, over the seeds.
    public var measures: [String: Spread]

    /// A summary of one seed or more.
    public init(task: String, seeds: [SeedResult]) {
        (self.task, self.seeds) = (task, seeds)
        let names = seeds.first?.measures.keys.filter { name in seeds.allSatisfy { $0.measures[name] != nil } } ?? []
        measures = Dictionary(
            uniqueKeysWithValues: names.map { name in (name, Spread(seeds.compactMap { $0.measures[name] })) })
    }
}
