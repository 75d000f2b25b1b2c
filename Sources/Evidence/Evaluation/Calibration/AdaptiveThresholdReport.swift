public import Faces

/// A comparison of a single threshold with thresholds by condition, on people other than those on whom both were
/// fitted.
public struct AdaptiveThresholdReport: Codable, Hashable, Sendable {
    /// The errors under one condition.
    public struct Condition: Codable, Hashable, Sendable {
        /// The name of the condition: `all`, `plain`, or a label of ``/Faces/PairConditions``.
        public let name: String
        /// The errors at the single threshold, as fitted.
        public let global: Errors
        /// The errors at the thresholds by condition, as fitted.
        public let adaptive: Errors
        /// The errors at a single threshold whose false match rate over all of these comparisons equals that of the
        /// thresholds by condition, or is the next lower one.
        ///
        /// This is the fair basis for comparing false non-match rates.
        public let globalAtEqualRate: Errors
    }

    /// The errors of both kinds; `nil` if the condition has no comparisons of that kind.
    public struct Errors: Codable, Hashable, Sendable {
        /// The share of impostor comparisons that match.
        public let falseMatchRate: ObservedRate?
        /// The share of mated comparisons that do not match, including those without a similarity.
        public let falseNonMatchRate: ObservedRate?

        enum CodingKeys: String, CodingKey {
            case falseMatchRate = "fmr"
            case falseNonMatchRate = "fnmr"
        }
    }

    /// The stated false match rate.
    public let statedRate: Double
    /// The fitted single threshold.
    public let globalThreshold: Float
    /// The single threshold at an equal false match rate.
    public let equalRateThreshold: Float
    /// The errors by condition, all comparisons first.
    public let conditions: [Condition]

    /// Compares the thresholds.
    ///
    /// - Parameters:
    ///   - thresholds: The thresholds by condition.
    ///   - global: The single threshold at the rate.
    ///   - comparisons: Comparisons of other people. A comparison without a similarity never matches; one with a
    ///     similarity but without conditions is an error.
    ///   - rate: The stated false match rate.
    ///   - level: The coverage of the intervals.
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
    /// Returns whether a condition holds: `all` always, `plain` if there are no labels.
    func isUnder(_ name: String) -> Bool {
        guard name != CalibrationComparison.all else { return true }
        guard let labels = conditions?.labels else { return false }
        return name == PairConditions.plain ? labels.isEmpty : labels.contains { $0.rawValue == name }
    }
}
