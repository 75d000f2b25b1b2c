/// The errors of a fixed threshold under other conditions, such as masked, dark, blurred, compressed or small faces.
/// The threshold is chosen on pairs without these conditions (bare pairs).
///
/// A product has one threshold at a time. High accuracy at a condition's own best threshold means little if the false
/// match rate at the product's threshold is ten times the stated one.
public struct MatchRateDrift: Codable, Hashable, Sendable {
    /// The errors under one condition, at the threshold of one rate.
    public struct Errors: Codable, Hashable, Sendable {
        /// The false match rate stated for bare pairs.
        public let statedRate: Double
        /// The errors at the threshold of bare pairs.
        public let errors: ErrorsAtThreshold
        /// The observed false match rate divided by that of the bare pairs at this threshold; 1 means no drift. It is
        /// `nil` if no bare impostor pair matches.
        public let drift: Double?
        /// The interval of ``drift`` by resampling people, the same in both sets, with a new threshold in each round;
        /// `nil` unless requested.
        public let driftInterval: SubjectBootstrap.Interval?
    }

    /// One condition.
    public struct Condition: Codable, Hashable, Sendable {
        /// The name of the condition, such as `masked` or `jpeg 10`.
        public let name: String
        /// The area under its own ROC curve.
        public let areaUnderCurve: Double
        /// Its own equal error rate.
        public let equalErrorRate: Double
        /// The errors at the requested rates.
        public let atRates: [Errors]

        enum CodingKeys: String, CodingKey {
            case name, atRates
            case areaUnderCurve = "auc"
            case equalErrorRate = "eer"
        }
    }

    /// The bare pairs come first, then the conditions in the given order.
    public let conditions: [Condition]

    /// Measures the drift.
    ///
    /// - Parameters:
    ///   - bare: The pairs on which thresholds are fixed.
    ///   - conditions: The names of the conditions, and the same pairs under each of them.
    ///   - rates: The false match rates.
    ///   - bootstrapRounds: The number of bootstrap rounds for the drifts' intervals; 0 leaves them out.
    ///   - seed: The seed of the random numbers.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError``, also if ``RuleOfThree`` refuses a rate, and
    ///   ``EvaluationError/differentPairs(comparison:)`` if there is a bootstrap and the pairs differ.
    public init(
        bare: [Comparison], conditions: [(name: String, comparisons: [Comparison])],
        rates: [Double] = PairsReport.usualRates, bootstrapRounds: Int = 0, seed: UInt64 = 1,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        let ranked = try RankedComparisons(bare), curve = try OperatingCurve(ranked, weights: nil)
        var measured: [Condition] = []
        for (name, comparisons) in [(name: "bare", comparisons: bare)] + conditions {
            if bootstrapRounds > 0, comparisons.count != bare.count {
                throw .differentPairs(comparison: min(comparisons.count, bare.count))
            }
            let own = try RankedComparisons(comparisons), ownCurve = try OperatingCurve(own, weights: nil)
            var atRates: [Errors] = []
            for rate in rates {
                let threshold = try curve.threshold(falseMatchRate: rate)
                let errors = try ErrorsAtThreshold(comparisons, threshold: threshold, level: level)
                let base = curve.point(at: threshold).falseMatchRate
                var interval: SubjectBootstrap.Interval?
                if bootstrapRounds > 0 {
                    var resampling = try SubjectResampling(bare, seed: seed)
                    interval = try resampling.interval(rounds: bootstrapRounds, level: level) { weights in
                        Self.drift(rate, bare: ranked, other: own, weights: weights)
                    }
                }
                atRates.append(
                    Errors(
                        statedRate: rate, errors: errors,
                        drift: base > 0 ? errors.falseMatchRate.value / base : nil, driftInterval: interval))
            }
            measured.append(
                Condition(
                    name: name, areaUnderCurve: ownCurve.areaUnderCurve, equalErrorRate: ownCurve.equalErrorRate,
                    atRates: atRates))
        }
        self.conditions = measured
    }

    private static func drift(
        _ rate: Double, bare: RankedComparisons, other: RankedComparisons, weights: [Int]
    ) -> Double? {
        guard let curve = try? OperatingCurve(bare, weights: weights),
            let own = try? OperatingCurve(other, weights: weights)
        else { return nil }
        let threshold = curve.thresholdUnchecked(falseMatchRate: rate)
        let base = curve.point(at: threshold).falseMatchRate
        return base > 0 ? own.point(at: threshold).falseMatchRate / base : nil
    }
}
