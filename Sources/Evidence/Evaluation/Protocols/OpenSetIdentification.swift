/// Identification with people who are not enrolled: enrolled people must be found, others rejected.
///
/// ISO/IEC 19795-1 and NIST FRTE 1:N. The *false positive identification rate* (FPIR) is the share of searches for
/// people who are not enrolled that return someone at or above the threshold. The *false negative identification rate*
/// (FNIR) is the share of searches for enrolled people that do not return them among the first R people at or above the
/// threshold. 1 − FNIR is the *detection and identification rate* (Phillips, Grother and Micheals, 2011). Failed probes
/// return no one, which is an error for enrolled people and correct for others. Both rates depend on the number of
/// enrolled people, which is part of the result.
public struct OpenSetIdentification: Sendable {
    /// The errors at one threshold.
    public struct Point: Codable, Hashable, Sendable {
        /// The requested FPIR; `nil` if a threshold was given.
        public let statedRate: Double?
        /// The similarity from which a person is returned.
        public let threshold: Float
        /// The number of people that may be returned.
        public let rank: Int
        /// The share of searches for people who are not enrolled that return someone.
        public let falsePositiveIdentificationRate: ObservedRate
        /// The share of searches for enrolled people that do not return them.
        public let falseNegativeIdentificationRate: ObservedRate
        /// The FNIR's interval by resampling people, at this threshold; `nil` unless requested.
        public let falseNegativeInterval: SubjectBootstrap.Interval?

        /// The share of searches for enrolled people that return them.
        public var detectionAndIdentificationRate: Double { 1 - falseNegativeIdentificationRate.value }

        enum CodingKeys: String, CodingKey {
            case statedRate, threshold, rank
            case falsePositiveIdentificationRate = "fpir"
            case falseNegativeIdentificationRate = "fnir"
            case falseNegativeInterval = "fnirBySubjects"
        }
    }

    /// The default false positive identification rates, as in NIST's tables.
    public static let usualRates = [0.01, 0.003]

    /// The searches for enrolled people.
    public let mated: [IdentificationSearch]
    /// The highest similarity of each search for a person who is not enrolled, in decreasing order, without failed
    /// probes.
    private let strangers: [Float]
    /// The number of searches for people who are not enrolled, including failed ones.
    public let nonMatedSearches: Int
    /// The number of enrolled people.
    public let enrolledPeople: Int

    /// Prepares the searches.
    ///
    /// - Throws: ``EvaluationError/noMatedSearches`` or ``EvaluationError/noNonMatedSearches`` if a kind is absent.
    public init(_ searches: [IdentificationSearch], enrolledPeople: Int) throws(EvaluationError) {
        mated = searches.filter(\.isMated)
        let others = searches.filter { !$0.isMated }
        guard !mated.isEmpty else { throw .noMatedSearches }
        guard !others.isEmpty else { throw .noNonMatedSearches }
        strangers = others.compactMap(\.highestOther).sorted(by: >)
        nonMatedSearches = others.count
        self.enrolledPeople = enrolledPeople
    }

    /// Returns the errors at the smallest threshold whose observed FPIR is at most `rate`.
    ///
    /// - Parameters:
    ///   - rate: The highest FPIR.
    ///   - rank: The number of people that may be returned (R).
    ///   - bootstrapRounds: The number of bootstrap rounds for the FNIR's second interval; 0 leaves it out.
    ///   - seed: The seed of the random numbers.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError/unsupportedIdentificationRate(_:searches:needed:)`` if there are too few searches by
    ///   ``RuleOfThree``, and ``EvaluationError/invalidRate(_:)``.
    public func point(
        falsePositiveIdentificationRate rate: Double, rank: Int = 1, bootstrapRounds: Int = 0, seed: UInt64 = 1,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) -> Point {
        let needed = try RuleOfThree.impostorPairsNeeded(falseMatchRate: rate)
        guard nonMatedSearches >= needed else {
            throw .unsupportedIdentificationRate(rate, searches: nonMatedSearches, needed: needed)
        }
        return try point(
            threshold: threshold(falsePositiveIdentificationRate: rate), stated: rate, rank: rank,
            bootstrapRounds: bootstrapRounds, seed: seed, level: level)
    }

    /// Returns the errors at a given threshold.
    ///
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level is not between 0 and 1.
    public func point(
        threshold: Float, rank: Int = 1, bootstrapRounds: Int = 0, seed: UInt64 = 1,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) -> Point {
        try point(
            threshold: threshold, stated: nil, rank: rank, bootstrapRounds: bootstrapRounds, seed: seed, level: level)
    }

    /// Returns the exact shares of FNIR against FPIR: a point for each distinct similarity of a search for a person who
    /// is not enrolled, and one above all of them, by increasing FPIR.
    public func curve(rank: Int = 1) -> [(threshold: Float, falsePositive: Double, falseNegative: Double)] {
        let found = mated.filter { $0.identifies(threshold: -.infinity, rank: rank) }.compactMap(\.mate).sorted(by: >)
        var points: [(threshold: Float, falsePositive: Double, falseNegative: Double)] = []
        var foundCount = 0, index = 0
        func add(_ threshold: Float) {
            while foundCount < found.count, found[foundCount] >= threshold { foundCount += 1 }
            points.append(
                (
                    threshold, Double(index) / Double(nonMatedSearches),
                    1 - Double(foundCount) / Double(mated.count)
                ))
        }
        add((strangers.first ?? -1).nextUp)
        while index < strangers.count {
            let threshold = strangers[index]
            while index < strangers.count, strangers[index] == threshold { index += 1 }
            add(threshold)
        }
        return points
    }

    /// Returns the smallest threshold whose observed FPIR is at most `rate`; the lowest similarity if all searches may
    /// return someone.
    private func threshold(falsePositiveIdentificationRate rate: Double) -> Float {
        var index = 0
        while index < strangers.count {
            var end = index
            while end < strangers.count, strangers[end] == strangers[index] { end += 1 }
            if Double(end) / Double(nonMatedSearches) > rate { return strangers[index].nextUp }
            index = end
        }
        return strangers.last ?? -1
    }

    private func point(
        threshold: Float, stated: Double?, rank: Int, bootstrapRounds: Int, seed: UInt64, level: Double
    ) throws(EvaluationError) -> Point {
        precondition(rank > 0, "ranks must be 1 or more")
        let isMissed = mated.map { !$0.identifies(threshold: threshold, rank: rank) }
        var interval: SubjectBootstrap.Interval?
        if bootstrapRounds > 0 {
            var resampling = SubjectResampling(subjects: mated.map(\.subject), seed: seed)
            interval = try resampling.interval(rounds: bootstrapRounds, level: level) { weights in
                let all = weights.reduce(0, +)
                let missed = zip(isMissed, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
                return all > 0 ? Double(missed) / Double(all) : nil
            }
        }
        return Point(
            statedRate: stated, threshold: threshold, rank: rank,
            falsePositiveIdentificationRate: try ObservedRate(
                strangers.count { $0 >= threshold }, of: nonMatedSearches, level: level),
            falseNegativeIdentificationRate: try ObservedRate(
                isMissed.count { $0 }, of: mated.count, level: level),
            falseNegativeInterval: interval)
    }
}
