import Foundation

/// A calibration from a similarity and the conditions to the probability that two faces belong to one person.
///
/// A probability needs a prior: how probable a match was before the faces were compared. Comparisons determine the
/// likelihood ratio. ``logLikelihoodRatio(similarity:conditions:)`` is independent of the prior in the calibration's
/// data, and ``probability(similarity:conditions:prior:)`` adds the stated one: log-odds = log-likelihood ratio + log
/// prior odds (Brümmer and du Preez, *Application-independent evaluation of speaker detection*, 2006).
public struct ProbabilityCalibration: Codable, Hashable, Sendable {
    /// A map from the similarity to log-odds at ``trainingPrior``.
    public enum Map: Codable, Hashable, Sendable {
        /// Platt, *Probabilistic outputs for support vector machines*, 1999: log-odds = slope · similarity + intercept.
        case platt(slope: Double, intercept: Double)
        /// Zadrozny and Elkan, *Transforming classifier scores into accurate multiclass probability estimates*, 2002: a
        /// non-decreasing, piecewise linear function between knots, constant outside them.
        case isotonic(similarities: [Double], probabilities: [Double])
        /// Kull, Silva Filho and Flach, *Beta calibration*, 2017: log-odds = a ln u − b ln(1 − u) + c, with
        /// u = (1 + similarity) / 2.
        case beta(a: Double, b: Double, c: Double)
        /// Logistic regression: log-odds = intercept + slope · s + Σ (weights + interactions · s) x.
        ///
        /// Here s is the similarity and x are the standardized conditions.
        case contextual(
            intercept: Double, slope: Double, weights: [Double], interactions: [Double], features: ConditionFeatures)
        /// One curve for two plain faces, and one for each ``PairTrait`` within a range of strengths.
        ///
        /// If several traits apply, the lowest of their log-odds holds. A trait without a curve takes the plain one.
        /// Outside the measured ranges, the nearest curve is taken if it is lower.
        case byCondition(plain: Curve, cells: [Curve])
    }

    /// An increasing map for one condition: log-odds = a ln u − b ln(1 − u) + c, with u = (1 + similarity) / 2 and
    /// neither a nor b below 0 (Kull, Silva Filho and Flach, 2017).
    public struct Curve: Codable, Hashable, Sendable {
        /// The kind of trait; `nil` for two plain faces.
        public var kind: PairTrait.Kind?
        /// Whether both faces have the trait.
        public var isShared: Bool
        /// The lower end of the range of strengths; included.
        public var low: Double
        /// The upper end of the range of strengths; excluded.
        public var high: Double
        /// The factor of ln u.
        public var a: Double
        /// The factor of −ln(1 − u).
        public var b: Double
        /// The constant term.
        public var c: Double

        /// Creates a curve from its parts.
        public init(
            kind: PairTrait.Kind?, isShared: Bool, low: Double, high: Double, a: Double, b: Double, c: Double
        ) {
            (self.kind, self.isShared, self.low, self.high) = (kind, isShared, low, high)
            (self.a, self.b, self.c) = (a, b, c)
        }

        /// Returns the log-odds of a similarity.
        public func logOdds(_ similarity: Double) -> Double {
            let inputs = ProbabilityCalibration.betaInputs(similarity)
            return a * inputs.up + b * inputs.down + c
        }

        func distance(to trait: PairTrait) -> Double? {
            guard kind == trait.kind, isShared == trait.isShared else { return nil }
            return trait.strength < low ? low - trait.strength : max(trait.strength - high, 0)
        }
    }

    /// The map from similarities to log-odds.
    public var map: Map
    /// The share of mated comparisons in the data that the map was fitted on, 0...1.
    public var trainingPrior: Double
    /// The number of mated comparisons that the map was fitted on.
    public var matedPairs: Int
    /// The number of impostor comparisons that the map was fitted on.
    public var impostorPairs: Int
    /// The greatest absolute log-likelihood ratio that the number of comparisons supports: the logarithm of the smaller
    /// of the two counts plus one.
    ///
    /// Results are clamped to it.
    public var bound: Double { log(Double(min(matedPairs, impostorPairs)) + 1) }

    /// Creates a calibration from its parts.
    public init(map: Map, trainingPrior: Double, matedPairs: Int, impostorPairs: Int) {
        self.map = map
        self.trainingPrior = trainingPrior
        self.matedPairs = matedPairs
        self.impostorPairs = impostorPairs
    }

    /// The name of the method.
    public var method: String {
        switch map {
        case .platt: "platt"
        case .isotonic: "isotonic"
        case .beta: "beta"
        case .contextual: "contextual"
        case .byCondition: "byCondition"
        }
    }

    /// Returns the natural logarithm of the likelihood ratio, one person against two; within ±``bound``.
    ///
    /// - Parameters:
    ///   - similarity: The cosine similarity, −1...1.
    ///   - conditions: The conditions. Only maps by condition use them.
    /// - Throws: ``FaceError/missingConditions`` if a map by condition gets none.
    public func logLikelihoodRatio(similarity: Float, conditions: PairConditions? = nil) throws -> Double {
        let odds = try logOdds(Double(similarity), conditions: conditions)
        return min(max(odds - Self.logOdds(trainingPrior), -bound), bound)
    }

    /// Returns the probability that the faces belong to one person, 0...1.
    ///
    /// - Parameters:
    ///   - similarity: The cosine similarity, −1...1.
    ///   - conditions: The conditions. Only maps by condition use them.
    ///   - prior: The prior probability, between 0 and 1. One half means that nothing was known; in a search among n
    ///     equally probable people it is about 1 / n.
    /// - Throws: ``FaceError/invalidPrior(_:)``; ``FaceError/missingConditions``.
    public func probability(similarity: Float, conditions: PairConditions? = nil, prior: Double = 0.5) throws -> Double
    {
        guard prior > 0, prior < 1 else { throw FaceError.invalidPrior(prior) }
        let ratio = try logLikelihoodRatio(similarity: similarity, conditions: conditions)
        return Self.sigmoid(ratio + Self.logOdds(prior))
    }

    /// Returns the log-odds at ``trainingPrior``, not clamped to ``bound``.
    ///
    /// Use them to order comparisons.
    ///
    /// - Throws: ``FaceError/missingConditions`` if a map by condition gets none.
    public func logOdds(similarity: Float, conditions: PairConditions?) throws -> Double {
        try logOdds(Double(similarity), conditions: conditions)
    }

    /// Returns the map's value: log-odds at ``trainingPrior``, infinite if an isotonic map gives the probability 0 or
    /// 1.
    func logOdds(_ similarity: Double, conditions: PairConditions?) throws -> Double {
        switch map {
        case .platt(let slope, let intercept):
            return slope * similarity + intercept
        case .isotonic(let similarities, let probabilities):
            return Self.logOdds(Self.interpolated(similarity, similarities, probabilities))
        case .beta(let a, let b, let c):
            let inputs = Self.betaInputs(similarity)
            return a * inputs.up + b * inputs.down + c
        case .byCondition(let plain, let cells):
            guard let conditions else { throw FaceError.missingConditions }
            return Self.logOdds(similarity, plain: plain, cells: cells, traits: conditions.traits)
        case .contextual(let intercept, let slope, let weights, let interactions, let features):
            guard let conditions else { throw FaceError.missingConditions }
            let values = features.values(of: conditions)
            return values.indices.reduce(intercept + slope * similarity) {
                $0 + (weights[$1] + interactions[$1] * similarity) * values[$1]
            }
        }
    }

    private static func logOdds(_ similarity: Double, plain: Curve, cells: [Curve], traits: [PairTrait]) -> Double {
        let usual = plain.logOdds(similarity)
        let found = traits.map { trait -> (odds: Double, isMeasured: Bool) in
            let near = cells.compactMap { cell in cell.distance(to: trait).map { (cell, $0) } }
            guard let nearest = near.min(by: { $0.1 < $1.1 }) else { return (usual, false) }
            return (nearest.0.logOdds(similarity), nearest.1 == 0)
        }
        guard let lowest = found.map(\.odds).min() else { return usual }
        return found.count == 1 && found[0].isMeasured ? lowest : min(lowest, usual)
    }

    /// Returns ln u and −ln(1 − u), with u = (1 + similarity) / 2 kept 1e-6 away from 0 and 1, where they are infinite.
    public static func betaInputs(_ similarity: Double) -> (up: Double, down: Double) {
        let u = min(max((1 + similarity) / 2, 1e-6), 1 - 1e-6)
        return (log(u), -log(1 - u))
    }

    /// Returns ln(p / (1 − p)).
    public static func logOdds(_ probability: Double) -> Double { log(probability) - log1p(-probability) }

    /// Returns 1 / (1 + e^−x), without overflow.
    public static func sigmoid(_ x: Double) -> Double {
        if x >= 0 { return 1 / (1 + exp(-x)) }
        let power = exp(x)
        return power / (1 + power)
    }

    /// Returns the piecewise linear interpolation between increasing knots, constant outside them.
    private static func interpolated(_ x: Double, _ knots: [Double], _ values: [Double]) -> Double {
        var low = 0, high = knots.count
        while low < high {
            let middle = (low + high) / 2
            if knots[middle] < x { low = middle + 1 } else { high = middle }
        }
        if low == 0 { return values[0] }
        if low == knots.count { return values[low - 1] }
        if knots[low] == x { return values[low] }
        let span = knots[low] - knots[low - 1]
        return values[low - 1] + (x - knots[low - 1]) / span * (values[low] - values[low - 1])
    }
}
