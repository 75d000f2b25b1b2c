import Foundation

/// The similarity from which two faces match at a stated false match rate, by the conditions of the two faces.
///
/// Impostor similarities rise and spread under some conditions: two masks are alike, and so are two blurs. A threshold
/// for all then promises too much for some pairs and too little for others. Here the impostors' mean and spread follow
/// the conditions, and the tail comes from their standardized similarities; `Evaluation` fits it and says why so.
public struct AdaptiveThresholds: Codable, Hashable, Sendable {
    /// The tail at one false match rate.
    public struct Point: Codable, Hashable, Sendable {
        /// Share of impostor comparisons at or above the threshold.
        public var falseMatchRate: Double
        /// The standardized similarity that the share reaches, over all conditions.
        public var quantile: Double
        /// The same in cells of conditions whose own tail is known well enough to differ.
        public var cells: [String: Double]

        /// A point from its parts.
        public init(falseMatchRate: Double, quantile: Double, cells: [String: Double]) {
            self.falseMatchRate = falseMatchRate
            self.quantile = quantile
            self.cells = cells
        }
    }

    /// A threshold, and what it holds for.
    public struct Choice: Codable, Hashable, Sendable {
        /// The similarity from which the faces match.
        public let threshold: Float
        /// The stated false match rate.
        public let falseMatchRate: Double
        /// The conditions in one word, as ``PairConditions/cell``.
        public let condition: String
    }

    /// The version of ``ContextVector`` that it was fitted with.
    public var contextVersion: Int
    /// The conditions as numbers.
    public var features: ConditionFeatures
    /// The impostors' mean similarity: the intercept, and a weight for each number.
    public var mean: [Double]
    /// The logarithm of the impostors' spread, likewise.
    public var logSpread: [Double]
    /// By falling false match rate.
    public var points: [Point]
    /// How many impostor comparisons it was fitted on.
    public var impostorPairs: Int
    /// How many people.
    public var people: Int

    /// Thresholds from their parts.
    public init(
        contextVersion: Int = ContextVector.version, features: ConditionFeatures, mean: [Double], logSpread: [Double],
        points: [Point], impostorPairs: Int, people: Int
    ) {
        self.contextVersion = contextVersion
        self.features = features
        self.mean = mean
        self.logSpread = logSpread
        self.points = points
        self.impostorPairs = impostorPairs
        self.people = people
    }

    /// The impostors' mean similarity and spread under conditions.
    public func impostors(under conditions: PairConditions) -> (mean: Double, spread: Double) {
        let values = features.values(of: conditions)
        func line(_ weights: [Double]) -> Double {
            zip(weights.dropFirst(), values).reduce(weights.first ?? 0) { $0 + $1.0 * $1.1 }
        }
        return (line(mean), exp(line(logSpread)))
    }

    /// Whether it was fitted for `falseMatchRate`, with the conditions as they are measured now.
    public func supports(_ falseMatchRate: Double) -> Bool {
        guard contextVersion == ContextVector.version, let first = points.first, let last = points.last else {
            return false
        }
        return falseMatchRate <= first.falseMatchRate && falseMatchRate >= last.falseMatchRate
    }

    /// The threshold at `falseMatchRate` under `conditions`; between two rates by the logarithm of the rate.
    ///
    /// - Throws: ``FaceError/unsupportedFalseMatchRate(_:reason:)`` outside the rates that it was fitted for.
    public func choice(falseMatchRate rate: Double, conditions: PairConditions) throws -> Choice {
        let cell = conditions.cell, impostors = impostors(under: conditions)
        let threshold = impostors.mean + impostors.spread * (try quantile(rate, cell: cell))
        return Choice(threshold: Float(min(max(threshold, -1), 1)), falseMatchRate: rate, condition: cell)
    }

    private func quantile(_ rate: Double, cell: String) throws -> Double {
        guard rate > 0, rate < 1 else {
            throw FaceError.unsupportedFalseMatchRate(rate, reason: "a rate lies between 0 and 1")
        }
        guard let first = points.first, let last = points.last, rate <= first.falseMatchRate,
            rate >= last.falseMatchRate
        else {
            let range = points.first.flatMap { first in
                points.last.map { "\($0.falseMatchRate) to \(first.falseMatchRate)" }
            }
            throw FaceError.unsupportedFalseMatchRate(
                rate, reason: "the adaptive thresholds hold \(range ?? "no rate")")
        }
        func value(_ point: Point) -> Double { point.cells[cell] ?? point.quantile }
        var upper = first
        for point in points {
            if point.falseMatchRate <= rate {
                let span = log(upper.falseMatchRate) - log(point.falseMatchRate)
                guard span > 0 else { return value(point) }
                let along = (log(upper.falseMatchRate) - log(rate)) / span
                return value(upper) + along * (value(point) - value(upper))
            }
            upper = point
        }
        return value(last)
    }
}
