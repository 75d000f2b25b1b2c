import LikenessSupport

/// How far two sets of descriptions are apart, as a whole: the squared Fréchet distance of the normal distributions that
/// have their means and covariances.
///
/// |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½) (Dowson and Landau, 1982; used on a network's features to judge generated
/// pictures by Heusel et al., 2017, arXiv:1706.08500, on Inception's; here on whichever the caller gives, so that its
/// figures compare with each other only).
public enum FrechetDistance {
    /// 0 for sets with the same mean and covariance; larger the further they are apart. In the squared unit of the
    /// descriptions.
    ///
    /// - Parameters:
    ///   - one: At least two descriptions, all with as many numbers. With fewer than there are numbers the covariance has
    ///     no full rank, and the distance comes out too large.
    ///   - other: The same.
    /// - Throws: ``EvaluationError/tooFewDescriptions`` with less than two in a set.
    public static func squared(_ one: [[Float]], _ other: [[Float]]) throws(EvaluationError) -> Double {
        let a = try Moments(one), b = try Moments(other)
        let between = zip(a.mean, b.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        // (Σ₁Σ₂)^½ and (LᵀΣ₂L)^½ with Σ₁ = LLᵀ have the same trace: the eigenvalues' roots.
        let root = a.choleskyFactor
        let inner = Self.product(Self.product(Self.transposed(root), b.covariance), root)
        let roots = SymmetricMatrix(rows: inner).eigen().values.reduce(0) { $0 + max($1, 0).squareRoot() }
        return max(between + a.trace + b.trace - 2 * roots, 0)
    }

    /// Mean and covariance.
    private struct Moments {
        let mean: [Double]
        let covariance: [[Double]]

        init(_ rows: [[Float]]) throws(EvaluationError) {
            guard rows.count > 1, let first = rows.first, rows.allSatisfy({ $0.count == first.count }) else {
                throw .tooFewDescriptions
            }
            let size = first.count, count = Double(rows.count)
            var mean = [Double](repeating: 0, count: size)
            for row in rows { for index in 0..<size { mean[index] += Double(row[index]) / count } }
            var sums = [Double](repeating: 0, count: size * size)
            for row in rows {
                let centred = (0..<size).map { Double(row[$0]) - mean[$0] }
                for i in 0..<size { for j in 0...i { sums[i * size + j] += centred[i] * centred[j] } }
            }
            self.mean = mean
            covariance = (0..<size).map { i in
                (0..<size).map { j in sums[max(i, j) * size + min(i, j)] / (count - 1) }
            }
        }

        var trace: Double { covariance.indices.reduce(0) { $0 + covariance[$1][$1] } }

        /// L with Σ = LLᵀ; columns that the descriptions do not reach are zero.
        var choleskyFactor: [[Double]] {
            let size = covariance.count
            let least = 1e-12 * max(trace / Double(size), .leastNormalMagnitude)
            var factor = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
            for j in 0..<size {
                let rest = covariance[j][j] - (0..<j).reduce(0) { $0 + factor[j][$1] * factor[j][$1] }
                guard rest > least else { continue }
                factor[j][j] = rest.squareRoot()
                for i in j + 1..<max(size, j + 1) {
                    let known = (0..<j).reduce(0) { $0 + factor[i][$1] * factor[j][$1] }
                    factor[i][j] = (covariance[i][j] - known) / factor[j][j]
                }
            }
            return factor
        }
    }

    private static func transposed(_ a: [[Double]]) -> [[Double]] { a.indices.map { i in a.map { $0[i] } } }

    private static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
        a.map { row in
            var result = [Double](repeating: 0, count: b.count)
            for (value, other) in zip(row, b) { for index in result.indices { result[index] += value * other[index] } }
            return result
        }
    }
}
