import Faces
import Foundation

/// The upper tail of the impostor similarities of one cell.
struct ImpostorTail {
    private let pairs: [TraitSample.Pair]
    /// The similarities, in decreasing order.
    private let sorted: [Float]
    /// The number of pairs of two different people.
    let peoplePairs: Int

    init(_ pairs: [TraitSample.Pair]) {
        self.pairs = pairs
        sorted = pairs.map(\.similarity).sorted(by: >)
        peoplePairs = Set(pairs.map { Int64(min($0.first, $0.second)) << 32 | Int64(max($0.first, $0.second)) }).count
    }

    /// Returns the difference between the tail at a rate and an expectation, with its sampling variance.
    ///
    /// It is `nil` if fewer than three false matches are expected (the rule of three), which is too few to estimate a
    /// quantile.
    func difference(from expectation: Double, rate: Double) -> CellTail? {
        let expected = rate * Double(pairs.count)
        guard expected >= 3 else { return nil }
        // As in conformal prediction, the rank is ⌊rate · (n + 1)⌋, so that the rate holds for new comparisons (Vovk,
        // Gammerman and Shafer, *Algorithmic learning in a random world*, 2005).
        let rank = min(Int(rate * Double(pairs.count + 1)), sorted.count)
        let quantile = sorted[max(rank - 1, 0)].nextUp
        let above = sorted.prefix { $0 > quantile }
        // The tail is nearly exponential near the quantile, so its mean excess converts counts into distances.
        let excess = above.isEmpty ? 0.01 : Double(above.reduce(0) { $0 + $1 - quantile }) / Double(above.count)
        let variance = countVariance(above: quantile, rate: rate)
        return CellTail(
            difference: Double(quantile) - expectation,
            variance: max(excess * excess * variance / (expected * expected), 1e-12))
    }

    /// Returns the variance of the number of comparisons above a quantile.
    ///
    /// Comparisons that share a person are correlated (dyadic clusters: Aronow, Samii and Assenova, 2015).
    ///
    /// It is at least the variance of independent comparisons.
    private func countVariance(above quantile: Float, rate: Double) -> Double {
        var sums: [Int32: Double] = [:], squares = 0.0
        for pair in pairs {
            let error = (pair.similarity >= quantile ? 1 : 0) - rate
            sums[pair.first, default: 0] += error
            sums[pair.second, default: 0] += error
            squares += error * error
        }
        // Each comparison's own square is in the sums of both of its people, and counts once.
        let clustered = sums.values.reduce(0) { $0 + $1 * $1 } - squares
        return max(clustered, Double(pairs.count) * rate * (1 - rate))
    }
}

/// The difference between a cell's tail and the expectation.
struct CellTail {
    let difference: Double
    /// The sampling variance of ``difference``.
    let variance: Double

    /// Returns the true variance between cells: that of their differences, minus the sampling variance (DerSimonian and
    /// Laird, *Meta-analysis in clinical trials*, 1986).
    ///
    /// 0 with fewer than two cells.
    static func varianceBetween(_ cells: [CellTail]) -> Double {
        guard cells.count > 1 else { return 0 }
        let weights = cells.map { 1 / $0.variance }
        let sum = weights.reduce(0, +), squares = weights.reduce(0) { $0 + $1 * $1 }
        let mean = zip(cells, weights).reduce(0) { $0 + $1.0.difference * $1.1 } / sum
        let spread = zip(cells, weights).reduce(0) {
            $0 + $1.1 * ($1.0.difference - mean) * ($1.0.difference - mean)
        }
        let scale = sum - squares / sum
        return scale > 0 ? max(0, (spread - Double(cells.count - 1)) / scale) : 0
    }
}
