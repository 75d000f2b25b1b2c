/// The interval of a share that was counted.
///
/// Clopper and Pearson, *The use of confidence or fiducial limits illustrated in the case of the binomial*, 1934:
/// exact, and so never narrower than its level says.
public struct BinomialInterval: Hashable, Sendable {
    /// 95 %.
    public static let usualLevel = 0.95

    /// Lower end, 0...1.
    public let low: Double
    /// Upper end, 0...1.
    public let high: Double

    /// Creates the interval of `successes` in `trials`.
    ///
    /// - Parameter level: The coverage, such as 0.95.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level does not lie between 0 and 1.
    public init(successes: Int, of trials: Int, level: Double = usualLevel) throws(EvaluationError) {
        precondition(trials > 0 && (0...trials).contains(successes), "successes are among the trials")
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        let tail = (1 - level) / 2
        let k = Double(successes), n = Double(trials)
        low = successes == 0 ? 0 : IncompleteBeta(a: k, b: n - k + 1).inverse(tail)
        high = successes == trials ? 1 : IncompleteBeta(a: k + 1, b: n - k).inverse(1 - tail)
    }
}
