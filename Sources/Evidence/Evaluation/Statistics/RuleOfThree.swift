/// The number of comparisons that a statement about a rate needs.
///
/// If none of n independent comparisons is an error, the error rate is below 3 / n with 95 % confidence (Jovanovic and
/// Levy, *A look at the rule of three*, 1997; ISO/IEC 19795-1). A lower false match rate can't be distinguished from
/// zero, and is refused. This is the minimum: to know a rate within 30 %, 30 errors are needed.
public enum RuleOfThree {
    /// Returns the fewest impostor comparisons that can support a false match rate.
    ///
    /// - Throws: ``EvaluationError/invalidRate(_:)``
    public static func impostorPairsNeeded(falseMatchRate rate: Double) throws(EvaluationError) -> Int {
        guard rate > 0, rate < 1 else { throw .invalidRate(rate) }
        // 3 / 1e-3 may be slightly above 3,000 because of rounding.
        return Int(min(3 / rate * (1 - 1e-12), 9e18).rounded(.up))
    }

    /// Checks that the pairs support a false match rate.
    ///
    /// - Throws: ``EvaluationError/unsupportedRate(_:impostorPairs:needed:)`` if there are too few pairs, and
    ///   ``EvaluationError/invalidRate(_:)``.
    public static func check(falseMatchRate rate: Double, impostorPairs: Int) throws(EvaluationError) {
        let needed = try impostorPairsNeeded(falseMatchRate: rate)
        guard impostorPairs >= needed else {
            throw .unsupportedRate(rate, impostorPairs: impostorPairs, needed: needed)
        }
    }
}
