public import Faces

/// One threshold for all against thresholds by condition, on other people than both were learned from.
public struct AdaptiveThresholdReport: Codable, Hashable, Sendable {
    /// The errors under one condition.
    public struct Condition: Codable, Hashable, Sendable {
        /// `all`, `plain`, or a label of ``/Faces/PairConditions``: comparisons that it holds of.
        public let name: String
        /// At the one threshold, as it was learned.
        public let global: Errors
        /// At the thresholds by condition, as they were learned.
        public let adaptive: Errors
        /// At the one threshold that gives the same false match rate over all of these comparisons as the thresholds by
        /// condition do, or the next lower one: what to compare false non-matches with.
        public let globalAtEqualRate: Errors
    }

    /// Errors of both kinds; `nil` if a condition lacks the kind of comparison.
    public struct Errors: Codable, Hashable, Sendable {
        /// Impostor comparisons that match.
        public let falseMatchRate: ObservedRate?
        /// Mated comparisons that do not; those without a similarity among them.
        public let falseNonMatchRate: ObservedRate?

        enum CodingKeys: String, CodingKey {
            case falseMatchRate = "fmr"
            case falseNonMatchRate = "fnmr"
        }
    }

    /// The stated false match rate.
    public let statedRate: Double
    /// The one threshold that was learned.
    public let globalThreshold: Float
    /// The one threshold at equal false match rate.
    public let equalRateThreshold: Float
    /// All comparisons first.
    public let conditions: [Condition]

    /// - Parameters:
    ///   - thresholds: Thresholds by condition.
    ///   - global: The one threshold for the rate.
    ///   - comparisons: Comparisons of other people. One without a similarity never matches; one without conditions but
    ///     with a similarity is an error.
    ///   - rate: The stated false match rate.
    /// - Throws: ``EvaluationError``
    public init(
        _ thresholds: AdaptiveThresholds, global: Float, on comparisons: [ConditionedComparison], rate: Double,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        var own: [Float] = []
        for (index, entry) in comparisons.enumerated() {
            guard let conditions = entry.conditions else {
                guard entry.comparison.similarity == nil else {
                    throw .calibrationFailed("comparison \(index) lacks the faces' context vectors")
                }
                own.append(.infinity)
                continue
            }
            own.append(thresholds.choice(falseMatchRate: rate, conditions: conditions, one: global).threshold)
        }
        let matches = zip(comparisons, own).map { $0.comparison.matches(at: $1) }
        let impostors = comparisons.count { !$0.comparison.isMated }
        guard impostors > 0 else { throw .noImpostorPairs }
        let falseMatches = zip(comparisons, matches).count { !$0.comparison.isMated && $1 }
        let curve = try OperatingCurve(comparisons.map(\.comparison))
        let equal = curve.thresholdUnchecked(falseMatchRate: Double(falseMatches) / Double(impostors))
        statedRate = rate
        globalThreshold = global
        equalRateThreshold = equal
        var conditions: [Condition] = []
        for name in [CalibrationComparison.all, PairConditions.plain] + PairConditions.Label.allCases.map(\.rawValue) {
            let members = comparisons.indices.filter { comparisons[$0].isUnder(name) }
            guard !members.isEmpty else { continue }
            let entries = members.map { comparisons[$0].comparison }
            conditions.append(
                Condition(
                    name: name,
                    global: try Self.errors(entries, entries.map { $0.matches(at: global) }, level),
                    adaptive: try Self.errors(entries, members.map { matches[$0] }, level),
                    globalAtEqualRate: try Self.errors(entries, entries.map { $0.matches(at: equal) }, level)))
        }
        self.conditions = conditions
    }

    private static func errors(
        _ comparisons: [Comparison], _ matches: [Bool], _ level: Double
    ) throws(EvaluationError) -> Errors {
        var counts = BinaryCounts(truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)
        for (comparison, matches) in zip(comparisons, matches) {
            counts.add(isPositive: comparison.isMated, isTaken: matches)
        }
        let mated = counts.truePositives + counts.falseNegatives
        let impostors = counts.falsePositives + counts.trueNegatives
        return Errors(
            falseMatchRate: impostors > 0 ? try ObservedRate(counts.falsePositives, of: impostors, level: level) : nil,
            falseNonMatchRate: mated > 0 ? try ObservedRate(counts.falseNegatives, of: mated, level: level) : nil)
    }
}

extension ConditionedComparison {
    /// Returns whether a condition's name holds: `all` of everything, `plain` of what no label holds of.
    func isUnder(_ name: String) -> Bool {
        guard name != CalibrationComparison.all else { return true }
        guard let labels = conditions?.labels else { return false }
        return name == PairConditions.plain ? labels.isEmpty : labels.contains { $0.rawValue == name }
    }
}
