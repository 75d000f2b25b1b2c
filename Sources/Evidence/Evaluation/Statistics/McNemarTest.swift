/// A test of whether two systems have different error rates on the same comparisons.
///
/// McNemar, *Note on the sampling error of the difference between correlated proportions or percentages*, 1947. Only
/// comparisons on which exactly one system is right are informative. If the systems were equally good, each would be
/// right in half of these. Comparisons that share people are not independent; ``PairedComparison`` resamples people in
/// addition.
public struct McNemarTest: Codable, Hashable, Sendable {
    /// The number of comparisons that only the first system decides correctly.
    public let onlyFirstRight: Int
    /// The number of comparisons that only the second system decides correctly.
    public let onlySecondRight: Int
    /// The two-sided p value of the exact binomial test, which is never too small but often too large.
    public let exactP: Double
    /// The two-sided mid-p value (Fagerland, Lydersen and Laake, *The McNemar test for binary matched-pairs data*,
    /// 2013).
    ///
    /// Half of the observed outcome's own probability is left out on each side, which brings p near its nominal size.
    public let midP: Double

    /// Creates the test from the two counts, 0 or more each.
    ///
    /// If both are 0, p is 1.
    public init(onlyFirstRight: Int, onlySecondRight: Int) {
        precondition(onlyFirstRight >= 0 && onlySecondRight >= 0, "counts")
        (self.onlyFirstRight, self.onlySecondRight) = (onlyFirstRight, onlySecondRight)
        let fewer = min(onlyFirstRight, onlySecondRight), all = onlyFirstRight + onlySecondRight
        let upTo = Self.fairCoin(atMost: fewer, of: all), below = Self.fairCoin(atMost: fewer - 1, of: all)
        exactP = min(1, 2 * upTo)
        // 2 (P(X ≤ k) − P(X = k) / 2)
        midP = min(1, upTo + below)
    }

    /// Creates the test from the correct decisions of each system, in the same order.
    public init(first: [Bool], second: [Bool]) {
        precondition(first.count == second.count, "both systems must have the same comparisons")
        self.init(
            onlyFirstRight: zip(first, second).count { $0 && !$1 },
            onlySecondRight: zip(first, second).count { !$0 && $1 })
    }

    /// Returns the probability of at most `heads` in `tosses` of a fair coin.
    private static func fairCoin(atMost heads: Int, of tosses: Int) -> Double {
        guard heads >= 0 else { return 0 }
        guard heads < tosses else { return 1 }
        return IncompleteBeta(a: Double(tosses - heads), b: Double(heads + 1))(0.5)
    }
}
