import Faces
import Foundation

/// The upper tail of the impostor similarities of one cell.
struct ImpostorTail {
    private let pairs: [TraitSample.Pair]
    /// Falling.
    private let sorted: [Float]
    /// How many pairs of two people are compared.
    let peoplePairs: Int

    init(_ pairs: [TraitSample.Pair]) {
        self.pairs = pairs
        sorted = pairs.map(\.similarity).sorted(by: >)
        peoplePairs = Set(pairs.map { Int64(min($0.first, $0.second)) << 32 | Int64(max($0.first, $0.second)) }).count
    }

    /// Returns how far the tail at a rate lies from an expectation, with the variance of that by chance; `nil` if fewer
    /// than three false matches are expected (the rule of three), which say nothing of a quantile.
    func difference(from expectation: Double, rate: Double) -> CellTail? {
        let expected = rate * Double(pairs.count)
        guard expected >= 3 else { return nil }
        // As with conformal prediction the rank is ⌊rate · (n + 1)⌋, so that the rate holds for new comparisons (Vovk,
        // Gammerman and Shafer, *Algorithmic learning in a random world*, 2005).
        let rank = min(Int(rate * Double(pairs.count + 1)), sorted.count)
        let quantile = sorted[max(rank - 1, 0)].nextUp
        let above = sorted.prefix { $0 > quantile }
        // The tail falls off like an exponential one near the quantile: its mean excess turns counts into distances.
        let excess = above.isEmpty ? 0.01 : Double(above.reduce(0) { $0 + $1 - quantile }) / Double(above.count)
        let variance = countVariance(above: quantile, rate: rate)
        return CellTail(
            difference: Double(quantile) - expectation,
            variance: max(excess * excess * variance / (expected * expected), 1e-12))
    }

    /// Returns the variance of how many comparisons lie above a quantile: those that share a person vary together
    /// (dyadic clusters: Aronow, Samii and Assenova, 2015).
    ///
    /// Never less than if they were independent.
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

/// How a cell's tail differs from what was expected.
struct CellTail {
    let difference: Double
    /// Of ``difference``, by chance.
    let variance: Double

    /// By how much cells truly differ, squared: what is left of their differences after chance (DerSimonian and Laird,
    /// *Meta-analysis in clinical trials*, 1986). 0 with fewer than two cells.
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
