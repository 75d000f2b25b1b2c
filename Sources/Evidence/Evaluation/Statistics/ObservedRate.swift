/// An observed share with its interval.
public struct ObservedRate: Codable, Hashable, Sendable {
    /// The number of occurrences.
    public let count: Int
    /// The number of observations.
    public let total: Int
    /// The share, 0...1.
    public let value: Double
    /// The lower end of the interval (Clopper and Pearson).
    public let low: Double
    /// The upper end of the interval.
    public let high: Double

    /// Creates the share `count` / `total`; `total` is 1 or more.
    ///
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level is not between 0 and 1.
    public init(
        _ count: Int, of total: Int, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        let interval = try BinomialInterval(successes: count, of: total, level: level)
        (self.count, self.total) = (count, total)
        (value, low, high) = (Double(count) / Double(total), interval.low, interval.high)
    }
}
