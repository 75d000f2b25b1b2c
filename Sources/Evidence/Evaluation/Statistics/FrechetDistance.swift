import LikenessSupport

/// The squared Fréchet distance between two sets of feature vectors.
///
/// It is the distance of the normal distributions with their means and covariances: |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2
/// (Σ₁Σ₂)^½) (Dowson and Landau, 1982). Heusel et al. (2017, arXiv:1706.08500) use it to evaluate generated pictures,
/// on Inception features. Here the caller chooses the features, so distances are only comparable for the same features.
public enum FrechetDistance {
    /// Returns the distance, in the squared unit of the features: 0 for equal means and covariances, larger for greater
    /// differences.
    ///
    /// - Parameters:
    ///   - one: At least two vectors, all of the same length. With fewer vectors than dimensions, the covariance does
    ///     not have full rank, and the distance is biased upwards.
    ///   - other: The other set, in the same form.
    /// - Throws: ``EvaluationError/tooFewDescriptions`` with fewer than two vectors in a set.
    public static func squared(_ one: [[Float]], _ other: [[Float]]) throws(EvaluationError) -> Double {
        let a = try Moments(one), b = try Moments(other)
        let between = zip(a.mean, b.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        // With Σ₁ = LLᵀ, (Σ₁Σ₂)^½ and (LᵀΣ₂L)^½ have the same trace: the sum of the roots of the eigenvalues.
        let root = a.choleskyFactor
        let inner = Self.product(Self.product(Self.transposed(root), b.covariance), root)
        let roots = SymmetricMatrix(rows: inner).eigen().values.reduce(0) { $0 + max($1, 0).squareRoot() }
        return max(between + a.trace + b.trace - 2 * roots, 0)
    }

    /// The mean and covariance.
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

        /// L with Σ = LLᵀ; columns outside the span of the vectors are zero.
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
