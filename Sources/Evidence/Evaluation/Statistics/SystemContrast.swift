/// A comparison of two systems on the same pairs for a table: decisions at the supported false match rates, and
/// differences of the summaries.
public struct SystemContrast: Codable, Hashable, Sendable {
    /// The decisions of both systems, each at its own threshold for one false match rate.
    public struct Decisions: Codable, Hashable, Sendable {
        /// The false match rate of both thresholds.
        public let falseMatchRate: Double
        /// The first system's threshold.
        public let firstThreshold: Float
        /// The threshold of the second system.
        public let secondThreshold: Float
        /// The test of the difference between their correct decisions.
        public let mcNemar: McNemarTest

        enum CodingKeys: String, CodingKey {
            case falseMatchRate = "fmr"
            case firstThreshold, secondThreshold, mcNemar
        }
    }

    /// The decisions at each supported false match rate.
    public let decisions: [Decisions]
    /// The differences in AUC, equal error rate, true match rates and fold accuracy; empty if the pairs do not name
    /// people.
    public let differences: [PairedComparison.Difference]
    /// The number of bootstrap rounds for the differences.
    public let rounds: Int
    /// The number of people; 0 if the pairs do not name them.
    public let people: Int
    /// The coverage of the intervals.
    public let level: Double

    /// Compares two systems.
    ///
    /// - Parameters:
    ///   - first: The comparisons of the first system.
    ///   - second: The comparisons of the second system, of the same pairs in the same order.
    ///   - rates: The false match rates; those that ``RuleOfThree`` refuses are left out.
    ///   - rounds: The number of bootstrap rounds.
    ///   - seed: The seed of the bootstrap.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError``, as ``PairedComparison`` does, but not if the pairs do not name people.
    public init(
        first: [Comparison], second: [Comparison], rates: [Double] = PairsReport.usualRates, rounds: Int = 1000,
        seed: UInt64 = 1, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        try PairedComparison.check(first, second, level: level)
        let curves = (try OperatingCurve(first), try OperatingCurve(second))
        var decisions: [Decisions] = [], statistics: [VerificationStatistic] = [.areaUnderCurve, .equalErrorRate]
        for rate in rates {
            let needed = try RuleOfThree.impostorPairsNeeded(falseMatchRate: rate)
            guard curves.0.impostorPairs >= needed else { continue }
            let thresholds = (
                try curves.0.threshold(falseMatchRate: rate), try curves.1.threshold(falseMatchRate: rate)
            )
            decisions.append(
                Decisions(
                    falseMatchRate: rate, firstThreshold: thresholds.0, secondThreshold: thresholds.1,
                    mcNemar: McNemarTest(
                        first: first.map { $0.isRight(at: thresholds.0) },
                        second: second.map { $0.isRight(at: thresholds.1) })))
            statistics.append(.trueMatchRate(falseMatchRate: rate))
        }
        if Set(first.lazy.map(\.fold)).count > 1 { statistics.append(.foldAccuracy) }
        var drawn: (differences: [PairedComparison.Difference], people: Int) = ([], 0)
        do {
            drawn = try PairedComparison.differences(
                first: first, second: second, statistics: statistics, rounds: rounds, seed: seed, level: level)
        } catch .noPeople {
        } catch .noMatedPairs {
            // There are so few people that no round has pairs of both kinds.
        }
        self.decisions = decisions
        (differences, people) = drawn
        self.rounds = drawn.people > 0 ? rounds : 0
        self.level = level
    }
}
