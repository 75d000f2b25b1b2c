/// A comparison of two systems on the same pairs, with intervals of their differences.
///
/// A pair that is hard for one system is usually hard for the other too. Differences remove this common part, which two
/// separate, overlapping intervals would hide.
public struct PairedComparison: Codable, Hashable, Sendable {
    /// A statistic of both systems, with its difference.
    public struct Difference: Codable, Hashable, Sendable {
        /// The name of the statistic.
        public let statistic: String
        /// The value of the first system.
        public let first: Double
        /// The value of the second system.
        public let second: Double
        /// The second value minus the first.
        public let difference: Double
        /// The interval of the difference, from resampling people, in the same way for both systems, with new
        /// thresholds in each round.
        public let interval: SubjectBootstrap.Interval
        /// The two-sided p value of no difference: twice the smaller share of rounds on one side of 0, with one round
        /// added to each (Davison and Hinkley, *Bootstrap methods and their application*, 1997, 4.2).
        public let p: Double

        /// Creates a difference.
        ///
        /// - Parameters:
        ///   - statistic: The name of the statistic.
        ///   - first: The value of the first system.
        ///   - second: The value of the second system.
        ///   - rounds: The difference in each round that has one.
        ///   - level: The coverage of the interval.
        /// - Throws: ``EvaluationError/noMatedPairs`` if no round has one.
        fileprivate init(
            _ statistic: String, first: Double, second: Double, rounds: [Double], level: Double
        ) throws(EvaluationError) {
            guard !rounds.isEmpty else { throw .noMatedPairs }
            (self.statistic, self.first, self.second) = (statistic, first, second)
            difference = second - first
            interval = SubjectBootstrap.Interval(rounds, level: level)
            let tail = min(rounds.count { $0 <= 0 }, rounds.count { $0 >= 0 })
            p = min(1, 2 * Double(tail + 1) / Double(rounds.count + 1))
        }

        /// Compares the shares of correct decisions of two systems on the same observations, each of one person.
        ///
        /// - Parameters:
        ///   - statistic: The name of the share.
        ///   - first: Whether the first system is right on each observation; one or more.
        ///   - second: Whether the second system is right.
        ///   - subjects: The person in each observation.
        ///   - rounds: The number of bootstrap rounds.
        ///   - seed: The seed of the random numbers.
        ///   - level: The coverage of the interval.
        /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level is not between 0 and 1.
        init(
            _ statistic: String, rightly first: [Bool], and second: [Bool], subjects: [String], rounds: Int,
            seed: UInt64 = 1, level: Double = BinomialInterval.usualLevel
        ) throws(EvaluationError) {
            guard level > 0, level < 1 else { throw .invalidRate(level) }
            precondition(
                first.count == subjects.count && second.count == subjects.count,
                "both systems must have the "
                    + "same observations")
            func share(_ right: [Bool]) -> Double { Double(right.count { $0 }) / Double(right.count) }
            let gains = zip(first, second).map { ($1 ? 1 : 0) - ($0 ? 1 : 0) }
            var resampling = SubjectResampling(subjects: subjects, seed: seed)
            // Everyone has an observation, so every round has a value.
            let drawn = resampling.values(rounds: rounds) { weights in
                let gain = zip(weights, gains).reduce(0) { $0 + $1.0 * $1.1 }
                return Double(gain) / Double(weights.reduce(0, +))
            }
            try self.init(statistic, first: share(first), second: share(second), rounds: drawn, level: level)
        }
    }

    /// The test of the difference between the correct decisions at the thresholds.
    public let mcNemar: McNemarTest
    /// The requested statistics.
    public let differences: [Difference]
    /// The number of bootstrap rounds.
    public let rounds: Int
    /// The number of people.
    public let people: Int
    /// The coverage of the intervals.
    public let level: Double

    /// Compares two systems.
    ///
    /// - Parameters:
    ///   - first: The comparisons of the first system.
    ///   - second: The comparisons of the second system, of the same pairs in the same order.
    ///   - thresholds: The thresholds of the two systems for comparing decisions.
    ///   - statistics: Further statistics to compare.
    ///   - rounds: The number of bootstrap rounds.
    ///   - seed: The seed of the bootstrap.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError``, also ``EvaluationError/differentPairs(comparison:)`` if the lists have different
    ///   pairs, and ``EvaluationError/noPeople`` if statistics are requested and the pairs do not name people.
    public init(
        first: [Comparison], second: [Comparison], thresholds: (first: Float, second: Float),
        statistics: [VerificationStatistic] = [.areaUnderCurve, .equalErrorRate], rounds: Int = 2000,
        seed: UInt64 = 1, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        try Self.check(first, second, level: level)
        mcNemar = McNemarTest(
            first: first.map { $0.isRight(at: thresholds.first) },
            second: second.map { $0.isRight(at: thresholds.second) })
        let drawn = try Self.differences(
            first: first, second: second, statistics: statistics, rounds: rounds, seed: seed, level: level)
        (differences, people) = (drawn.differences, drawn.people)
        self.rounds = rounds
        self.level = level
    }

    /// Returns the differences without decisions at a threshold, and the number of people.
    ///
    /// - Throws: ``EvaluationError``, as ``init(first:second:thresholds:statistics:rounds:seed:level:)`` does.
    public static func differences(
        first: [Comparison], second: [Comparison],
        statistics: [VerificationStatistic] = [.areaUnderCurve, .equalErrorRate], rounds: Int = 2000,
        seed: UInt64 = 1, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) -> (differences: [Difference], people: Int) {
        try check(first, second, level: level)
        let ranked = (try RankedComparisons(first), try RankedComparisons(second))
        var resampling = try SubjectResampling(first, seed: seed)
        let drawn = (0..<rounds).map { _ in resampling.weights() }
        var differences: [Difference] = []
        for statistic in statistics {
            let values = (try statistic.value(of: first), try statistic.value(of: second))
            let rounds = drawn.compactMap { weights -> Double? in
                guard let one = try? statistic.value(of: ranked.0, weights: weights),
                    let other = try? statistic.value(of: ranked.1, weights: weights)
                else { return nil }
                return other - one
            }
            differences.append(
                try Difference(statistic.name, first: values.0, second: values.1, rounds: rounds, level: level))
        }
        return (differences, resampling.people)
    }

    /// Checks that both lists have the same pairs.
    static func check(_ first: [Comparison], _ second: [Comparison], level: Double) throws(EvaluationError) {
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        guard first.count == second.count else { throw .differentPairs(comparison: min(first.count, second.count)) }
        for index in first.indices where !first[index].isSamePair(as: second[index]) {
            throw .differentPairs(comparison: index)
        }
    }
}

extension Comparison {
    /// Returns whether the similarity reaches `threshold`; false without a similarity.
    public func matches(at threshold: Float) -> Bool { similarity.map { $0 >= threshold } ?? false }

    /// Returns whether the decision at `threshold` is correct.
    public func isRight(at threshold: Float) -> Bool { matches(at: threshold) == isMated }

    /// Returns whether both can be of the same pair, by all known fields.
    fileprivate func isSamePair(as other: Comparison) -> Bool {
        isMated == other.isMated && personA == other.personA && personB == other.personB && fold == other.fold
    }
}
