/// Two systems on the same comparisons: is one better, and by how much?
///
/// What makes a comparison hard, makes it hard for both; looking at the differences leaves that out, where two separate
/// intervals that overlap hide it.
public struct PairedComparison: Codable, Hashable, Sendable {
    /// A statistic of both systems.
    public struct Difference: Codable, Hashable, Sendable {
        /// Which statistic.
        public let statistic: String
        /// The first system's.
        public let first: Double
        /// The second system's.
        public let second: Double
        /// The second's less the first's.
        public let difference: Double
        /// The difference's interval: people are drawn, the same for both systems, and thresholds chosen anew.
        public let interval: SubjectBootstrap.Interval
        /// Two-sided p of no difference: twice the smaller share of rounds on one side of 0, with one round added to
        /// each (Davison and Hinkley, *Bootstrap methods and their application*, 1997, 4.2).
        public let p: Double

        /// - Parameter rounds: The difference in each round that has one.
        /// - Throws: ``EvaluationError/noMatedPairs`` if no round has.
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

        /// Creates the shares that two systems decide rightly of the same observations, each of one person.
        ///
        /// - Parameters:
        ///   - statistic: What the share is called.
        ///   - first: Which observations the first system decides rightly; one or more.
        ///   - second: Which the second one does.
        ///   - subjects: Who is in each.
        /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level does not lie between 0 and 1.
        init(
            _ statistic: String, rightly first: [Bool], and second: [Bool], subjects: [String], rounds: Int,
            seed: UInt64 = 1, level: Double = BinomialInterval.usualLevel
        ) throws(EvaluationError) {
            guard level > 0, level < 1 else { throw .invalidRate(level) }
            precondition(first.count == subjects.count && second.count == subjects.count, "the same observations")
            func share(_ right: [Bool]) -> Double { Double(right.count { $0 }) / Double(right.count) }
            let gains = zip(first, second).map { ($1 ? 1 : 0) - ($0 ? 1 : 0) }
            var resampling = SubjectResampling(subjects: subjects, seed: seed)
            // Everybody has an observation: no round is without.
            let drawn = resampling.values(rounds: rounds) { weights in
                let gain = zip(weights, gains).reduce(0) { $0 + $1.0 * $1.1 }
                return Double(gain) / Double(weights.reduce(0, +))
            }
            try self.init(statistic, first: share(first), second: share(second), rounds: drawn, level: level)
        }
    }

    /// Which comparisons each system decides rightly at its threshold.
    public let mcNemar: McNemarTest
    /// The statistics that were asked for.
    public let differences: [Difference]
    /// How often people were drawn.
    public let rounds: Int
    /// How many people there are.
    public let people: Int
    /// The intervals' coverage.
    public let level: Double

    /// - Parameters:
    ///   - first: What the first system says.
    ///   - second: What the second one says of the same pairs, in the same order.
    ///   - thresholds: The thresholds of the two systems at which decisions are compared.
    ///   - statistics: What else is compared.
    ///   - rounds: How often to draw people.
    ///   - seed: Equal seeds draw alike.
    /// - Throws: ``EvaluationError``, also ``EvaluationError/differentPairs(comparison:)`` if the lists are not of the
    ///   same pairs, and ``EvaluationError/noPeople`` if statistics are asked for and the pairs name nobody.
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

    /// Returns the differences alone, without decisions at a threshold, and how many people were drawn from.
    ///
    /// - Throws: ``EvaluationError`` as ``init(first:second:thresholds:statistics:rounds:seed:level:)`` does.
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

    /// Makes sure that both lists are of the same pairs.
    static func check(_ first: [Comparison], _ second: [Comparison], level: Double) throws(EvaluationError) {
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        guard first.count == second.count else { throw .differentPairs(comparison: min(first.count, second.count)) }
        for index in first.indices where !first[index].isSamePair(as: second[index]) {
            throw .differentPairs(comparison: index)
        }
    }
}

extension Comparison {
    /// Returns whether the similarity reaches `threshold`; without one it never does.
    public func matches(at threshold: Float) -> Bool { similarity.map { $0 >= threshold } ?? false }

    /// Returns whether the decision at `threshold` is right.
    public func isRight(at threshold: Float) -> Bool { matches(at: threshold) == isMated }

    /// Returns whether both are of one pair, as far as can be told.
    fileprivate func isSamePair(as other: Comparison) -> Bool {
        isMated == other.isMated && personA == other.personA && personB == other.personB && fold == other.fold
    }
}
