extension ProbabilityCalibrationRecord {
    /// A map from the similarity s to log-odds.
    public enum Map: Codable, Hashable, Sendable {
        /// Platt scaling: log-odds = slope · s + intercept.
        case platt(slope: Double, intercept: Double)
        /// Isotonic regression: linear between the knots, constant outside them.
        case isotonic(similarities: [Double], probabilities: [Double])
        /// Beta calibration: log-odds = a ln u − b ln(1 − u) + c, with u = (1 + s) / 2.
        case beta(a: Double, b: Double, c: Double)
        /// Logistic regression: log-odds = intercept + slope · s + Σ (weights + interactions · s) x, where x are the
        /// standardized conditions.
        case contextual(
            intercept: Double, slope: Double, weights: [Double], interactions: [Double], features: Features)
        /// One curve for two plain faces, and others for one condition within a range of strengths.
        case byCondition(plain: Curve, cells: [Curve])
    }
}
