/// A statistic that summarizes verification performance.
public enum VerificationStatistic: Codable, Hashable, Sendable {
    /// The area under the ROC curve; larger is better.
    case areaUnderCurve
    /// The equal error rate; smaller is better.
    case equalErrorRate
    /// The true match rate at a false match rate, whose threshold is chosen on the comparisons; larger is better.
    case trueMatchRate(falseMatchRate: Double)
    /// The mean accuracy over folds; larger is better.
    case foldAccuracy
    /// The share of mated comparisons that do not match at a threshold; smaller is better.
    case falseNonMatchRate(threshold: Float)
    /// The share of impostor comparisons that match at a threshold; smaller is better.
    case falseMatchRate(threshold: Float)

    /// The statistic's name in tables.
    public var name: String {
        switch self {
        case .areaUnderCurve: "AUC"
        case .equalErrorRate: "EER"
        case .trueMatchRate(let rate): "TAR at FMR \(rate)"
        case .foldAccuracy: "accuracy"
        case .falseNonMatchRate(let threshold): "FNMR at threshold \(threshold)"
        case .falseMatchRate(let threshold): "FMR at threshold \(threshold)"
        }
    }

    /// Returns the statistic of comparisons.
    ///
    /// - Throws: ``EvaluationError`` if it is undefined for the comparisons or ``RuleOfThree`` refuses a rate.
    public func value(of comparisons: [Comparison]) throws(EvaluationError) -> Double {
        let ranked = try RankedComparisons(comparisons)
        if case .trueMatchRate(let rate) = self {
            let impostors = comparisons.count { !$0.isMated }
            try RuleOfThree.check(falseMatchRate: rate, impostorPairs: impostors)
        }
        return try value(of: ranked, weights: nil)
    }

    /// Returns the statistic of weighted comparisons; without weights, each counts once.
    func value(of ranked: RankedComparisons, weights: [Int]?) throws(EvaluationError) -> Double {
        if case .foldAccuracy = self { return try FoldAccuracy(ranked, weights: weights).mean }
        let curve = try OperatingCurve(ranked, weights: weights)
        return switch self {
        case .areaUnderCurve: curve.areaUnderCurve
        case .equalErrorRate: curve.equalErrorRate
        case .trueMatchRate(let rate): curve.point(at: curve.thresholdUnchecked(falseMatchRate: rate)).trueMatchRate
        case .falseNonMatchRate(let threshold): curve.point(at: threshold).falseNonMatchRate
        case .falseMatchRate(let threshold): curve.point(at: threshold).falseMatchRate
        case .foldAccuracy: preconditionFailure("taken above")
        }
    }
}
