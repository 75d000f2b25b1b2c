public import Faces
import Foundation

/// Why so.
///
/// At a false match rate of 1e-3 a condition needs 30,000 impostor comparisons before its own tail is known within a
/// third (the rule of 30), and twelve conditions crossed leave most cells with a handful. A separate threshold per
/// cell would be noise; one for all does not hold in any. So the distribution of impostor similarities is taken apart:
///
/// 1. Its mean and spread follow the conditions through two linear models. They rest on all comparisons, not on those
///    in the tail, so that a few hundred under a condition place them well (location and scale: Harvey, *Estimating
///    regression models with multiplicative heteroscedasticity*, 1976).
/// 2. What is left, z = (s − mean) / spread, has nearly the same distribution everywhere, and its tail is an order
///    statistic of all comparisons: no family of curves is assumed. As with conformal prediction the rank is
///    ⌊rate · (n + 1)⌋, so that the rate holds for new comparisons and not only for these (Vovk, Gammerman and Shafer,
///    *Algorithmic learning in a random world*, 2005).
/// 3. Where a cell's own tail is known well enough to differ, it is moved towards its own: by the share τ² / (τ² + v) of
///    empirical Bayes, where τ² is by how much cells truly differ (DerSimonian and Laird, *Meta-analysis in clinical
///    trials*, 1986) and v how uncertain the cell's tail is. v knows that comparisons share people (dyadic clusters:
///    Aronow, Samii and Assenova, 2015), without which few people with many pictures would look like much evidence.
extension AdaptiveThresholds {
    /// The fewest expected false matches that a rate rests on over all conditions: the rule of 30.
    static let fewestFalseMatches = MatchCalibration.fewestFalseMatches
    /// The fewest in a cell whose own tail is looked at: the rule of 3.
    static let fewestCellFalseMatches = 3.0

    /// Fits thresholds on impostor comparisons of people set apart for it.
    ///
    /// - Parameters:
    ///   - comparisons: Mated ones and ones without a similarity are left out; all others need conditions and people.
    ///   - rates: The false match rates, in any order.
    /// - Throws: ``EvaluationError/unsupportedRate(_:impostorPairs:needed:)`` for a rate at which fewer than 30 false
    ///   matches are expected of as many comparisons as there are pairs of people; ``EvaluationError/noImpostorPairs``, ``EvaluationError/noPeople``,
    ///   ``EvaluationError/calibrationFailed(_:)``.
    public init(
        fitting comparisons: [ConditionedComparison], rates: [Double] = PairsReport.usualRates
    ) throws(EvaluationError) {
        let sample = try ImpostorSample(comparisons)
        for rate in rates {
            guard rate > 0, rate < 1 else { throw .invalidRate(rate) }
            let needed = (Self.fewestFalseMatches / rate * (1 - 1e-12)).rounded(.up)
            guard Double(sample.peoplePairs) >= needed else {
                throw .unsupportedRate(rate, impostorPairs: sample.peoplePairs, needed: Int(min(needed, 9e18)))
            }
        }
        let features = ConditionFeatures(fitting: sample.conditions)
        let inputs = sample.conditions.map(features.values)
        let mean = try Self.leastSquares(inputs, sample.similarities)
        let residuals = zip(inputs, sample.similarities).map { $1 - Self.value(mean, $0) }
        // ln |r| and not r²: one strange pair counts as one. That ln |r| lies below ln σ moves all spreads alike, which
        // the tail of z takes up again.
        let logSpread = try Self.leastSquares(inputs, residuals.map { log(max(abs($0), 1e-4)) })
        let standardized = zip(inputs, residuals).map { $1 / exp(Self.value(logSpread, $0)) }
        let tail = ImpostorTail(values: standardized, cells: sample.conditions.map(\.cell), people: sample.people)
        self.init(
            features: features, mean: mean, logSpread: logSpread, points: tail.points(Set(rates).sorted(by: >)),
            impostorPairs: sample.similarities.count, people: tail.peopleCount)
    }

    /// The lowest rate that can be fitted on `comparisons`: as on a card, pairs of people count and not comparisons,
    /// since those of the same two people are not independent.
    public static func lowestSupportedRate(_ comparisons: [ConditionedComparison]) throws(EvaluationError) -> Double {
        fewestFalseMatches / Double(try ImpostorSample(comparisons).peoplePairs)
    }

    private static func value(_ weights: [Double], _ row: [Double]) -> Double {
        zip(weights.dropFirst(), row).reduce(weights[0]) { $0 + $1.0 * $1.1 }
    }

    /// Weights of the least squares, the intercept first. A ridge of one comparison lets numbers that never vary, or
    /// that follow from others, have a weight at all.
    private static func leastSquares(_ inputs: [[Double]], _ values: [Double]) throws(EvaluationError) -> [Double] {
        let count = (inputs.first?.count ?? 0) + 1
        var matrix = Array(repeating: Array(repeating: 0.0, count: count), count: count)
        var right = Array(repeating: 0.0, count: count)
        for index in 1..<count { matrix[index][index] = 1 }
        for (row, value) in zip(inputs, values) {
            matrix[0][0] += 1
            right[0] += value
            for first in row.indices {
                right[first + 1] += row[first] * value
                matrix[first + 1][0] += row[first]
                for second in 0...first { matrix[first + 1][second + 1] += row[first] * row[second] }
            }
        }
        guard let weights = SymmetricSolve.solve(matrix, right) else {
            throw .calibrationFailed("the conditions of the impostor comparisons are not finite numbers")
        }
        return weights
    }
}

/// Impostor comparisons that have all that is needed.
private struct ImpostorSample {
    var similarities: [Double] = []
    var conditions: [PairConditions] = []
    var people: [(String, String)] = []

    /// How many pairs of two people are compared.
    var peoplePairs: Int {
        Set(people.map { $0.0 < $0.1 ? PeoplePair(a: $0.0, b: $0.1) : PeoplePair(a: $0.1, b: $0.0) }).count
    }

    private struct PeoplePair: Hashable {
        let a: String
        let b: String
    }

    init(_ comparisons: [ConditionedComparison]) throws(EvaluationError) {
        for (index, entry) in comparisons.enumerated() where !entry.comparison.isMated {
            guard let similarity = entry.comparison.similarity else { continue }
            guard similarity.isFinite else { throw .invalidSimilarity(comparison: index) }
            guard let conditions = entry.conditions else {
                throw .calibrationFailed("comparison \(index) lacks the faces' context vectors")
            }
            guard let a = entry.comparison.personA, let b = entry.comparison.personB else { throw .noPeople }
            similarities.append(Double(similarity))
            self.conditions.append(conditions)
            people.append((a, b))
        }
        guard !similarities.isEmpty else { throw .noImpostorPairs }
    }
}
