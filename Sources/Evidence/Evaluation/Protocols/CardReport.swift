public import Faces

/// A test of a model's card on people other than those on whom it was measured.
///
/// It shows whether the thresholds have the stated false match rate in each condition, and whether the probabilities
/// are calibrated.
public struct CardReport: Codable, Hashable, Sendable {
    /// The card's single threshold at one rate.
    public struct Point: Codable, Hashable, Sendable {
        /// The stated false match rate.
        public let statedRate: Double
        /// The errors at the card's threshold.
        public let errors: ErrorsAtThreshold
        /// Whether the interval of the observed false match rate contains the stated one.
        public let holds: Bool
    }

    /// The card's probabilities under one condition.
    public struct Probabilities: Codable, Hashable, Sendable {
        /// The name of the condition: `all`, `plain`, or a label of ``/Faces/PairConditions``.
        public let name: String
        /// The quality of the probabilities, at a prior that equals the share of mated comparisons.
        public let quality: CalibrationQuality
    }

    /// The results of the card's single threshold, for each rate that the card supports.
    public let points: [Point]
    /// The single threshold compared with those by condition; empty if the card has none.
    public let adaptive: [AdaptiveThresholdReport]
    /// The results of the probabilities, over all comparisons first; empty if the card has none.
    public let probabilities: [Probabilities]

    /// The minimum number of comparisons for measuring probabilities under a condition.
    static let fewest = 100

    /// Tests a card.
    ///
    /// - Parameters:
    ///   - card: The card of the model that embedded the faces.
    ///   - comparisons: Comparisons with conditions; one without a similarity never matches.
    ///   - rates: The stated false match rates; those that the card does not support are left out.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError``
    public init(
        _ card: ModelCard, on comparisons: [ConditionedComparison], rates: [Double] = PairsReport.usualRates,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        var points: [Point] = [], adaptive: [AdaptiveThresholdReport] = []
        for rate in rates {
            guard let threshold = try? card.threshold(falseMatchRate: rate) else { continue }
            let errors = try ErrorsAtThreshold(comparisons.map(\.comparison), threshold: threshold, level: level)
            let observed = errors.falseMatchRate
            points.append(Point(statedRate: rate, errors: errors, holds: (observed.low...observed.high).contains(rate)))
            if let thresholds = card.adaptiveThresholds {
                adaptive.append(
                    try AdaptiveThresholdReport(
                        thresholds, global: threshold, on: comparisons, rate: rate, level: level))
            }
        }
        self.points = points
        self.adaptive = adaptive
        probabilities =
            try card.probability.map { map throws(EvaluationError) in
                try Self.probabilities(map, comparisons, level)
            } ?? []
    }

    private static func probabilities(
        _ map: ProbabilityCalibration, _ comparisons: [ConditionedComparison], _ level: Double
    ) throws(EvaluationError) -> [Probabilities] {
        var results: [Probabilities] = []
        for name in [CalibrationComparison.all, PairConditions.plain] + PairConditions.Label.allCases.map(\.rawValue) {
            let members = comparisons.filter { $0.comparison.similarity != nil && $0.isUnder(name) }
            let outcomes = members.map(\.comparison.isMated), mated = outcomes.count { $0 }
            guard mated > 0, mated < members.count, members.count >= fewest else { continue }
            let shift = ProbabilityCalibration.logOdds(Double(mated) / Double(members.count))
            var said: [Double] = []
            for entry in members {
                guard let similarity = entry.comparison.similarity,
                    let ratio = try? map.logLikelihoodRatio(similarity: similarity, conditions: entry.conditions)
                else { throw .calibrationFailed("a comparison lacks the faces' context vectors") }
                said.append(ProbabilityCalibration.sigmoid(ratio + shift))
            }
            results.append(
                Probabilities(
                    name: name,
                    quality: try CalibrationQuality(probabilities: said, outcomes: outcomes, level: level)))
        }
        return results
    }
}
