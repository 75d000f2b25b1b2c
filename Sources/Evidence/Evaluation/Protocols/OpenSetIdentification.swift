/// Identification where some people are not enrolled: who is there is to be found, and who is not is to be refused.
///
/// ISO/IEC 19795-1 and NIST FRTE 1:N. The *false positive identification rate* is the share of searches for people who
/// are not enrolled that return anybody at or above the threshold. The *false negative identification rate* is the
/// share of searches for enrolled people that do not return them among the first R people at or above the threshold.
/// 1 − FNIR is the *detection and identification rate* (Phillips, Grother and Micheals, 2011). Failed probes return
/// nobody: an error for the enrolled, right for the others. Both rates depend on how many people are enrolled, which is
/// part of the result.
public struct OpenSetIdentification: Sendable {
    /// The errors at one threshold.
    public struct Point: Codable, Hashable, Sendable {
        /// The FPIR that was asked for; `nil` if a threshold was.
        public let statedRate: Double?
        /// The similarity from which a person is returned.
        public let threshold: Float
        /// How many people may be returned.
        public let rank: Int
        /// The share of searches for people who are not enrolled that return somebody.
        public let falsePositiveIdentificationRate: ObservedRate
        /// The share of searches for enrolled people that do not return them.
        public let falseNegativeIdentificationRate: ObservedRate
        /// The FNIR's interval by drawing people, at this threshold; `nil` unless asked for.
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

    /// The rates of NIST's tables.
    public static let usualRates = [0.01, 0.003]

    /// Searches for people who are enrolled.
    public let mated: [IdentificationSearch]
    /// The most similar person of each search for one who is not, falling; failed probes, which have none, left out.
    private let strangers: [Float]
    /// How many searches for people who are not enrolled there are, failed ones included.
    public let nonMatedSearches: Int
    /// How many people are enrolled.
    public let enrolledPeople: Int

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
    ///   - rank: How many people may be returned (R).
    ///   - bootstrapRounds: How often to draw people for the FNIR's second interval; 0 leaves it out.
    /// - Throws: ``EvaluationError/unsupportedIdentificationRate(_:searches:needed:)`` if the searches are too few by
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

    /// Returns the errors at a threshold from elsewhere.
    ///
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level does not lie between 0 and 1.
    public func point(
        threshold: Float, rank: Int = 1, bootstrapRounds: Int = 0, seed: UInt64 = 1,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) -> Point {
        try point(
            threshold: threshold, stated: nil, rank: rank, bootstrapRounds: bootstrapRounds, seed: seed, level: level)
    }

    /// FNIR against FPIR: a point for each different similarity of a stranger, and one above all of them; FPIR rises.
    ///
    /// - Returns: Exact shares.
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

    /// Returns the smallest threshold whose observed FPIR is at most `rate`; the lowest similarity where all may be
    /// returned.
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
        precondition(rank > 0, "ranks begin at 1")
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
