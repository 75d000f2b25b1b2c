/// A share that was counted, with its interval.
public struct ObservedRate: Codable, Hashable, Sendable {
    /// How many.
    public let count: Int
    /// Of how many.
    public let total: Int
    /// The share, 0...1.
    public let value: Double
    /// Lower end of the interval (Clopper and Pearson).
    public let low: Double
    /// Upper end.
    public let high: Double

    /// `count` of `total`, which is 1 or more.
    ///
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level does not lie between 0 and 1.
    public init(
        _ count: Int, of total: Int, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        let interval = try BinomialInterval(successes: count, of: total, level: level)
        (self.count, self.total) = (count, total)
        (value, low, high) = (Double(count) / Double(total), interval.low, interval.high)
    }
}
