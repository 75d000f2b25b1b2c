/// A summary of several runs of one measurement, such as seeds or folds.
public struct SummaryRecord: Codable, Hashable, Sendable {
    /// The number of runs.
    public var runs: Int
    /// The best value.
    public var best: Double
    /// The worst value.
    public var worst: Double
    /// The arithmetic mean.
    public var mean: Double
    /// The median.
    public var median: Double
    /// The standard deviation (n − 1); absent for one run.
    public var standardDeviation: Double?
    /// The confidence interval of ``mean``, with a level of 95 % unless the command says otherwise; absent for one run.
    public var interval: IntervalRecord?

    /// Creates a record from its parts.
    public init(
        runs: Int, best: Double, worst: Double, mean: Double, median: Double, standardDeviation: Double? = nil,
        interval: IntervalRecord? = nil
    ) {
        self.runs = runs
        self.best = best
        self.worst = worst
        self.mean = mean
        self.median = median
        self.standardDeviation = standardDeviation
        self.interval = interval
    }
}

/// An interval.
public struct IntervalRecord: Codable, Hashable, Sendable {
    /// The lower end.
    public var low: Double
    /// The upper end.
    public var high: Double

    /// Creates a record from its parts.
    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}
