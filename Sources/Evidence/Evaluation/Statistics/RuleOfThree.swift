/// How many comparisons a claim about a rate needs.
///
/// Where none of n independent comparisons is an error, the error rate is below 3 / n with 95 % confidence (Jovanovic
/// and Levy, *A look at the rule of three*, 1997; ISO/IEC 19795-1). A false match rate below that can't be told from
/// zero, and is refused. It is the least that can be asked for: for a rate to be known within 30 %, 30 errors are
/// needed.
public enum RuleOfThree {
    /// Returns the fewest impostor comparisons that can support a false match rate.
    ///
    /// - Throws: ``EvaluationError/invalidRate(_:)``
    public static func impostorPairsNeeded(falseMatchRate rate: Double) throws(EvaluationError) -> Int {
        guard rate > 0, rate < 1 else { throw .invalidRate(rate) }
        // 3 / 1e-3 may come out a hair above 3,000.
        return Int(min(3 / rate * (1 - 1e-12), 9e18).rounded(.up))
    }

    /// - Throws: ``EvaluationError/unsupportedRate(_:impostorPairs:needed:)`` if the pairs are too few, and
    ///   ``EvaluationError/invalidRate(_:)``.
    public static func check(falseMatchRate rate: Double, impostorPairs: Int) throws(EvaluationError) {
        let needed = try impostorPairsNeeded(falseMatchRate: rate)
        guard impostorPairs >= needed else {
            throw .unsupportedRate(rate, impostorPairs: impostorPairs, needed: needed)
        }
    }
}
