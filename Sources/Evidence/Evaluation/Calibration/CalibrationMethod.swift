public import Faces

/// A comparison with the conditions of its faces.
public struct ConditionedComparison: Sendable {
    /// The comparison.
    public var comparison: Comparison
    /// The conditions of its two faces; `nil` if a picture has no face.
    public var conditions: PairConditions?

    /// Creates a comparison under conditions.
    public init(_ comparison: Comparison, conditions: PairConditions?) {
        self.comparison = comparison
        self.conditions = conditions
    }
}

/// A method of turning similarities into probabilities.
public enum CalibrationMethod: String, Codable, CaseIterable, Sendable {
    /// A sigmoid of the similarity (Platt, 1999), with Platt's targets (N+ + 1) / (N+ + 2) and 1 / (N− + 2), by
    /// Newton's method (Lin, Lin and Weng, 2007).
    ///
    /// It has two parameters, and is correct if the similarities of mated and of impostor comparisons are normally
    /// distributed with the same variance.
    case platt
    /// Any non-decreasing function (Zadrozny and Elkan, 2002), by the pool adjacent violators algorithm.
    ///
    /// It needs thousands of pairs.
    case isotonic
    /// Beta calibration: three parameters, for two variances and skew (Kull, Silva Filho and Flach, 2017).
    ///
    /// If a term would make the function decrease, it is left out, as the authors do.
    case beta
    /// A logistic regression on the similarity, the conditions, and the product of each condition and the similarity,
    /// because the similarity of masked faces has a different meaning from that of bare faces.
    case contextual

    /// The cost of half the squared weights of standardized inputs in ``contextual``.
    ///
    /// It weighs as much as one comparison, so it matters only for conditions that rarely occur.
    static let ridge = 1.0

    /// Fits the map on calibration comparisons, of people who are used for nothing else.
    ///
    /// Comparisons without a similarity are left out, because they have no probability to calibrate.
    ///
    /// - Throws: ``EvaluationError/noMatedPairs`` or ``EvaluationError/noImpostorPairs`` if there are none of that
    ///   kind; ``EvaluationError/calibrationFailed(_:)`` if the similarities separate the two kinds completely, so that
    ///   no optimum exists, or if required conditions are missing.
    public func fit(_ comparisons: [ConditionedComparison]) throws(EvaluationError) -> ProbabilityCalibration {
        let usable = comparisons.filter { $0.comparison.similarity != nil }
        let similarities = usable.compactMap(\.comparison.similarity).map(Double.init)
        for (index, similarity) in similarities.enumerated() where !similarity.isFinite {
            throw .invalidSimilarity(comparison: index)
        }
        let isMated = usable.map(\.comparison.isMated)
        let mated = isMated.count { $0 }, impostors = isMated.count - mated
        guard mated > 0 else { throw .noMatedPairs }
        guard impostors > 0 else { throw .noImpostorPairs }
        let map: ProbabilityCalibration.Map =
            switch self {
            case .platt: try Self.platt(similarities, isMated, mated: mated, impostors: impostors)
            case .isotonic: Self.isotonic(similarities, isMated)
            case .beta: try Self.beta(similarities, isMated)
            case .contextual: try Self.contextual(similarities, isMated, usable.map(\.conditions))
            }
        return ProbabilityCalibration(
            map: map, trainingPrior: Double(mated) / Double(isMated.count), matedPairs: mated, impostorPairs: impostors)
    }

    private static func platt(
        _ similarities: [Double], _ isMated: [Bool], mated: Int, impostors: Int
    ) throws(EvaluationError) -> ProbabilityCalibration.Map {
        let high = (Double(mated) + 1) / (Double(mated) + 2), low = 1 / (Double(impostors) + 2)
        let fit = try LogisticRegression(inputs: similarities.map { [$0] }, targets: isMated.map { $0 ? high : low })
        return .platt(slope: fit.weights[1], intercept: fit.weights[0])
    }

    private static func isotonic(_ similarities: [Double], _ isMated: [Bool]) -> ProbabilityCalibration.Map {
        let knots = IsotonicRegression(inputs: similarities, values: isMated.map { $0 ? 1 : 0 }).knots
        return .isotonic(similarities: knots.inputs, probabilities: knots.values)
    }

    private static func beta(_ similarities: [Double], _ isMated: [Bool]) throws(EvaluationError)
        -> ProbabilityCalibration.Map
    {
        let inputs = similarities.map(ProbabilityCalibration.betaInputs), targets = isMated.map { $0 ? 1.0 : 0.0 }
        let both = try LogisticRegression(inputs: inputs.map { [$0.up, $0.down] }, targets: targets).weights
        if both[1] >= 0, both[2] >= 0 { return .beta(a: both[1], b: both[2], c: both[0]) }
        if both[1] < 0 {
            let one = try LogisticRegression(inputs: inputs.map { [$0.down] }, targets: targets).weights
            return .beta(a: 0, b: max(one[1], 0), c: one[0])
        }
        let one = try LogisticRegression(inputs: inputs.map { [$0.up] }, targets: targets).weights
        return .beta(a: max(one[1], 0), b: 0, c: one[0])
    }

    private static func contextual(
        _ similarities: [Double], _ isMated: [Bool], _ conditions: [PairConditions?]
    ) throws(EvaluationError) -> ProbabilityCalibration.Map {
        let known = conditions.compactMap { $0 }
        guard known.count == conditions.count else {
            throw .calibrationFailed("\(conditions.count - known.count) comparisons lack the faces' context vectors")
        }
        let features = ConditionFeatures(fitting: known)
        let inputs = zip(similarities, known).map { similarity, conditions in
            let values = features.values(of: conditions)
            return [similarity] + values + values.map { $0 * similarity }
        }
        let weights = try LogisticRegression(
            inputs: inputs, targets: isMated.map { $0 ? 1 : 0 }, ridge: ridge
        ).weights
        let count = features.names.count
        return .contextual(
            intercept: weights[0], slope: weights[1], weights: Array(weights[2..<2 + count]),
            interactions: Array(weights[(2 + count)...]), features: features)
    }
}
