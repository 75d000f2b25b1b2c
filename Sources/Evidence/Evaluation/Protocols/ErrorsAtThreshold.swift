/// The errors at a threshold that was chosen elsewhere: on other pictures, or under other conditions.
public struct ErrorsAtThreshold: Codable, Hashable, Sendable {
    /// An error rate with its counts and interval.
    public struct Rate: Codable, Hashable, Sendable {
        /// The number of errors.
        public let errors: Int
        /// The number of pairs.
        public let pairs: Int
        /// The share, 0...1.
        public let value: Double
        /// The lower end of the interval (Clopper and Pearson).
        public let low: Double
        /// The upper end of the interval.
        public let high: Double

        init(errors: Int, of pairs: Int, level: Double) throws(EvaluationError) {
            let interval = try BinomialInterval(successes: errors, of: pairs, level: level)
            (self.errors, self.pairs) = (errors, pairs)
            (value, low, high) = (Double(errors) / Double(pairs), interval.low, interval.high)
        }
    }

    /// The similarity from which two faces match.
    public let threshold: Float
    /// The rate of impostor pairs that match.
    public let falseMatchRate: Rate
    /// The rate of mated pairs that do not match, including those with a picture without a face.
    public let falseNonMatchRate: Rate

    enum CodingKeys: String, CodingKey {
        case threshold
        case falseMatchRate = "fmr"
        case falseNonMatchRate = "fnmr"
    }

    /// Counts the errors of `comparisons` at `threshold`.
    ///
    /// - Throws: ``EvaluationError`` if a kind of pair is absent or the level is invalid.
    public init(
        _ comparisons: [Comparison], threshold: Float, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        let mated = comparisons.filter(\.isMated), impostors = comparisons.filter { !$0.isMated }
        guard !mated.isEmpty else { throw .noMatedPairs }
        guard !impostors.isEmpty else { throw .noImpostorPairs }
        self.threshold = threshold
        falseMatchRate = try Rate(
            errors: impostors.count { $0.matches(at: threshold) }, of: impostors.count, level: level)
        falseNonMatchRate = try Rate(errors: mated.count { !$0.matches(at: threshold) }, of: mated.count, level: level)
    }
}
