public import Faces

/// A comparison of decision rules on held-out people.
///
/// The rules are a single threshold, thresholds by condition, and a threshold on a likelihood ratio computed from the
/// similarity and the conditions by regularized logistic regression.
public struct DecisionComparison: Codable, Hashable, Sendable {
    /// The false match rate of a cell on held-out people, compared with the stated one.
    public struct Cell: Codable, Hashable, Sendable {
        /// The name of the trait with its range; `plain` without any.
        public let name: String
        /// The stated false match rate.
        public let statedRate: Double
        /// The expected number of false matches.
        public let expected: Double
        /// The ratio of the observed to the stated rate, with the single threshold.
        public let oneRatio: Double
        /// The ratio of the observed to the stated rate, with the cell's threshold.
        public let ratio: Double
        /// The cell's threshold.
        public let threshold: Float
    }

    /// The shares of mated comparisons that are missed if all cells together, equally weighted, have the given false
    /// match rate.
    public struct Missed: Codable, Hashable, Sendable {
        /// The common false match rate of all three rules.
        public let falseMatchRate: Double
        /// The share missed with a single threshold.
        public let one: Double
        /// The share missed with thresholds by condition, all shifted by the same amount.
        public let byCondition: Double
        /// The share missed with a threshold on the likelihood ratio.
        public let likelihoodRatio: Double
    }

    /// The results by cell and rate.
    public let cells: [Cell]
    /// The missed shares, by decreasing rate.
    public let missed: [Missed]

    /// The maximum number of comparisons of each kind per cell on which the regression is fitted.
    private static let most = 1500

    /// Compares the rules.
    ///
    /// - Parameters:
    ///   - learned: Comparisons of some people.
    ///   - tested: Comparisons of other people.
    ///   - thresholds: The thresholds fitted on the first.
    ///   - one: The single threshold fitted on the first.
    ///   - rates: The stated false match rates.
    /// - Throws: ``EvaluationError``; errors of the card's thresholds.
    public init(
        learned: TraitSample, tested: TraitSample, thresholds: AdaptiveThresholds, one: MatchCalibration,
        rates: [Double] = [1e-2, 1e-3]
    ) throws {
        let fit = try CalibrationMethod.contextual.fit(learned.cells.flatMap { Self.thinned($0, of: learned) })
        var cells: [Cell] = [], missed: [Missed] = []
        for rate in rates {
            guard let limit = try? one.threshold(falseMatchRate: rate) else { continue }
            for cell in tested.cells {
                guard let threshold = thresholds.threshold(rate, of: cell, one: limit), !cell.impostors.isEmpty else {
                    continue
                }
                let count = Double(cell.impostors.count)
                cells.append(
                    Cell(
                        name: cell.name, statedRate: rate, expected: rate * count,
                        oneRatio: Double(cell.impostors.count { $0.similarity >= limit }) / count / rate,
                        ratio: Double(cell.impostors.count { $0.similarity >= threshold }) / count / rate,
                        threshold: threshold))
            }
            let both = tested.cells.filter { !$0.mated.isEmpty }
            missed.append(
                Missed(
                    falseMatchRate: rate,
                    one: Self.missed(both, rate) { Double($0.similarity) },
                    byCondition: Self.missed(both, rate) { pair in
                        let choice = thresholds.choice(
                            falseMatchRate: rate, conditions: tested.conditions(of: pair), one: limit)
                        return Double(pair.similarity - choice.threshold)
                    },
                    likelihoodRatio: try Self.missed(both, rate) {
                        try fit.logOdds(similarity: $0.similarity, conditions: tested.conditions(of: $0))
                    }))
        }
        (self.cells, self.missed) = (cells, missed)
    }

    private static func thinned(_ cell: TraitSample.Cell, of sample: TraitSample) -> [ConditionedComparison] {
        func some(_ pairs: [TraitSample.Pair], isMated: Bool) -> [ConditionedComparison] {
            let count = min(pairs.count, most)
            return (0..<count).map { place in
                let pair = pairs[place * pairs.count / count]
                return ConditionedComparison(
                    Comparison(similarity: pair.similarity, isMated: isMated), conditions: sample.conditions(of: pair))
            }
        }
        return some(cell.mated, isMated: true) + some(cell.impostors, isMated: false)
    }

    /// Returns the share of mated comparisons below the score that the share `rate` of impostors reaches; cells are
    /// equally weighted.
    private static func missed(
        _ cells: [TraitSample.Cell], _ rate: Double, by score: (TraitSample.Pair) throws -> Double
    ) rethrows -> Double {
        var scores: [(value: Double, weight: Double)] = []
        for cell in cells {
            let weight = 1 / Double(cell.impostors.count * cells.count)
            for pair in cell.impostors { scores.append((try score(pair), weight)) }
        }
        scores.sort { $0.value > $1.value }
        var sum = 0.0
        let limit = scores.first { entry in
            sum += entry.weight
            return sum > rate
        }
        guard let limit else { return 1 }
        return try cells.reduce(0) { total, cell in
            let below = try cell.mated.count { try score($0) <= limit.value }
            return total + Double(below) / Double(cell.mated.count * cells.count)
        }
    }
}

extension TraitSample.Cell {
    /// The name of the trait with its range.
    public var name: String {
        guard let kind else { return PairConditions.plain }
        let word = PairTrait(kind, isShared: isShared, strength: low).name
        return kind.edges.count > 2 ? "\(word) \(low) to \(high)" : word
    }
}

extension AdaptiveThresholds {
    /// Returns the threshold of a sample's cell; `nil` if none was fitted.
    fileprivate func threshold(_ rate: Double, of cell: TraitSample.Cell, one: Float) -> Float? {
        guard let kind = cell.kind else { return one }
        return cells.first { $0.kind == kind && $0.isShared == cell.isShared && $0.low == cell.low }.flatMap { own in
            own.points.last.map { rate >= $0.falseMatchRate } == true
                ? own.threshold(falseMatchRate: rate).threshold : nil
        }
    }
}
