/// The counts of binary decisions, from which the measures of FFSSA-GAN (Ghani et al., 2024) and DS-AEAN (2025) are
/// computed.
///
/// A measure whose denominator is 0 is `nil`.
public struct BinaryCounts: Codable, Hashable, Sendable {
    /// Positive samples, predicted positive.
    public var truePositives: Int
    /// Negative samples, predicted positive.
    public var falsePositives: Int
    /// Negative samples, predicted negative.
    public var trueNegatives: Int
    /// Positive samples, predicted negative.
    public var falseNegatives: Int

    /// Creates counts.
    public init(truePositives: Int, falsePositives: Int, trueNegatives: Int, falseNegatives: Int) {
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.trueNegatives = trueNegatives
        self.falseNegatives = falseNegatives
    }

    /// Counts the decisions of comparisons at a threshold; mated comparisons are positive.
    public init(_ comparisons: some Sequence<Comparison>, threshold: Float) {
        self.init(truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)
        for comparison in comparisons {
            add(isPositive: comparison.isMated, isTaken: comparison.matches(at: threshold))
        }
    }

    /// Counts one more decision.
    public mutating func add(isPositive: Bool, isTaken: Bool) {
        switch (isPositive, isTaken) {
        case (true, true): truePositives += 1
        case (true, false): falseNegatives += 1
        case (false, true): falsePositives += 1
        case (false, false): trueNegatives += 1
        }
    }

    /// The number of decisions.
    public var total: Int { truePositives + falsePositives + trueNegatives + falseNegatives }
    /// The share of correct decisions.
    public var accuracy: Double? { Self.share(truePositives + trueNegatives, of: total) }
    /// The share of positive predictions that are correct: the positive predictive value.
    public var precision: Double? { Self.share(truePositives, of: truePositives + falsePositives) }
    /// The share of positive samples predicted positive: the sensitivity or true positive rate.
    public var recall: Double? { Self.share(truePositives, of: truePositives + falseNegatives) }
    /// The share of negative samples predicted negative: the true negative rate.
    public var specificity: Double? { Self.share(trueNegatives, of: trueNegatives + falsePositives) }
    /// The share of negative samples predicted positive.
    public var falsePositiveRate: Double? { Self.share(falsePositives, of: trueNegatives + falsePositives) }
    /// The share of positive samples predicted negative.
    public var falseNegativeRate: Double? { Self.share(falseNegatives, of: truePositives + falseNegatives) }
    /// The share of negative predictions that are correct.
    public var negativePredictiveValue: Double? { Self.share(trueNegatives, of: trueNegatives + falseNegatives) }
    /// The harmonic mean of precision and recall: 2TP / (2TP + FP + FN).
    public var f1: Double? { Self.share(2 * truePositives, of: 2 * truePositives + falsePositives + falseNegatives) }

    /// The correlation of truth and prediction, −1...1 (Matthews, *Comparison of the predicted and observed secondary
    /// structure of T4 phage lysozyme*, 1975).
    public var matthewsCorrelation: Double? {
        let positives = Double(truePositives + falseNegatives), negatives = Double(trueNegatives + falsePositives)
        let taken = Double(truePositives + falsePositives), refused = Double(trueNegatives + falseNegatives)
        let scale = (positives * negatives).squareRoot() * (taken * refused).squareRoot()
        guard scale > 0 else { return nil }
        let right = Double(truePositives) * Double(trueNegatives)
        return (right - Double(falsePositives) * Double(falseNegatives)) / scale
    }

    private static func share(_ count: Int, of total: Int) -> Double? {
        total > 0 ? Double(count) / Double(total) : nil
    }
}
