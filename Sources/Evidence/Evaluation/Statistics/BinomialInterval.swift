/// The Clopper–Pearson interval of an observed share.
///
/// Clopper and Pearson, *The use of confidence or fiducial limits illustrated in the case of the binomial*, 1934. It is
/// exact, so its coverage is never below its level.
public struct BinomialInterval: Hashable, Sendable {
    /// The default coverage, 95 %.
    public static let usualLevel = 0.95

    /// The lower end, 0...1.
    public let low: Double
    /// The upper end, 0...1.
    public let high: Double

    /// Creates the interval of `successes` in `trials`.
    ///
    /// - Parameters:
    ///   - successes: The number of successes.
    ///   - trials: The number of trials.
    ///   - level: The coverage, such as 0.95.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level is not between 0 and 1.
    public init(successes: Int, of trials: Int, level: Double = usualLevel) throws(EvaluationError) {
        precondition(
            trials > 0 && (0...trials).contains(successes),
            "the number of successes must be between 0 and "
                + "the number of trials")
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        let tail = (1 - level) / 2
        let k = Double(successes), n = Double(trials)
        low = successes == 0 ? 0 : IncompleteBeta(a: k, b: n - k + 1).inverse(tail)
        high = successes == trials ? 1 : IncompleteBeta(a: k + 1, b: n - k).inverse(1 - tail)
    }
}
