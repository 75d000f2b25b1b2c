/// What a table of two systems on the same pairs says: decisions at the false match rates that the pairs support, and
/// differences of the summaries.
public struct SystemContrast: Codable, Hashable, Sendable {
    /// The decisions of both systems, each at its own threshold for one false match rate.
    public struct Decisions: Codable, Hashable, Sendable {
        /// The rate that both thresholds stand for.
        public let falseMatchRate: Double
        /// The first system's threshold.
        public let firstThreshold: Float
        /// The second system's.
        public let secondThreshold: Float
        /// On how many pairs only one of them is right.
        public let mcNemar: McNemarTest

        enum CodingKeys: String, CodingKey {
            case falseMatchRate = "fmr"
            case firstThreshold, secondThreshold, mcNemar
        }
    }

    /// At each false match rate that the pairs support.
    public let decisions: [Decisions]
    /// AUC, equal error rate, true match rates and the folds' accuracy; empty if the pairs do not say who is in them.
    public let differences: [PairedComparison.Difference]
    /// How often people were drawn for the differences.
    public let rounds: Int
    /// How many people there are; 0 if the pairs do not say.
    public let people: Int
    /// The intervals' coverage.
    public let level: Double

    /// - Parameters:
    ///   - first: What the first system says.
    ///   - second: What the second one says of the same pairs, in the same order.
    ///   - rates: False match rates; those that ``RuleOfThree`` refuses are left out.
    ///   - rounds: How often to draw people.
    ///   - seed: Equal seeds draw alike.
    /// - Throws: ``EvaluationError`` as ``PairedComparison`` does, but not if the pairs name nobody.
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
            // So few people that no draw has pairs of both kinds.
        }
        self.decisions = decisions
        (differences, people) = drawn
        self.rounds = drawn.people > 0 ? rounds : 0
        self.level = level
    }
}
