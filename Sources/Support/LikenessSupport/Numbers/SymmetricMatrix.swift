/// A small symmetric matrix.
public struct SymmetricMatrix: Sendable {
    /// The eigenvalues of a matrix and its eigenvectors, which are the columns of an orthogonal matrix.
    public struct Eigen: Sendable {
        /// The eigenvalues, in no particular order.
        public let values: [Double]
        fileprivate let vectors: [[Double]]

        /// Returns the product of the eigenvector matrix and `numbers`.
        public func rotated(_ numbers: [Double]) -> [Double] {
            vectors.map { row in zip(row, numbers).reduce(0) { $0 + $1.0 * $1.1 } }
        }

        /// Returns the product of the transposed eigenvector matrix and `numbers`.
        public func unrotated(_ numbers: [Double]) -> [Double] {
            var result = Array(repeating: 0.0, count: numbers.count)
            for (row, number) in zip(vectors, numbers) {
                for column in result.indices { result[column] += row[column] * number }
            }
            return result
        }
    }

    private var rows: [[Double]]

    /// Creates the symmetric part of a square matrix: the mean of the matrix and its transpose.
    public init(rows: [[Double]]) {
        precondition(rows.allSatisfy { $0.count == rows.count }, "a symmetric matrix is square")
        self.rows = rows.indices.map { i in rows.indices.map { (rows[i][$0] + rows[$0][i]) / 2 } }
    }

    /// Creates the identity matrix with `count` rows.
    public init(identity count: Int) {
        rows = (0..<count).map { row in (0..<count).map { $0 == row ? 1 : 0 } }
    }

    /// Multiplies every element by `factor`.
    public mutating func scale(by factor: Double) {
        for row in rows.indices { for column in rows.indices { rows[row][column] *= factor } }
    }

    /// Adds the outer product of `vector` with itself, multiplied by `weight`.
    public mutating func add(_ vector: [Double], weight: Double) {
        for row in rows.indices {
            for column in rows.indices { rows[row][column] += weight * vector[row] * vector[column] }
        }
    }

    /// Computes the eigenvalues and eigenvectors with Jacobi rotations (Golub and Van Loan, *Matrix computations*,
    /// section 8.5).
    ///
    /// The method is accurate and simple, and fast enough for up to a few hundred rows.
    public func eigen() -> Eigen {
        var a = rows
        var vectors = SymmetricMatrix(identity: rows.count).rows
        let scale = max(a.joined().reduce(0) { $0 + $1 * $1 }, .leastNormalMagnitude)
        for _ in 0..<50 {
            var rest = 0.0
            for row in a.indices {
                for column in a.indices where row != column { rest += a[row][column] * a[row][column] }
            }
            // Stops when the elements off the diagonal are negligible compared with the whole matrix.
            if rest <= 1e-30 * scale { break }
            for p in a.indices {
                for q in a.indices where q > p && a[p][q] != 0 { Self.rotate(&a, &vectors, p, q) }
            }
        }
        return Eigen(values: a.indices.map { a[$0][$0] }, vectors: vectors)
    }

    private static func rotate(_ a: inout [[Double]], _ vectors: inout [[Double]], _ p: Int, _ q: Int) {
        let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot(), sine = tangent * cosine
        for index in a.indices {
            let (x, y) = (a[index][p], a[index][q])
            (a[index][p], a[index][q]) = (cosine * x - sine * y, sine * x + cosine * y)
        }
        for index in a.indices {
            let (x, y) = (a[p][index], a[q][index])
            (a[p][index], a[q][index]) = (cosine * x - sine * y, sine * x + cosine * y)
        }
        for index in vectors.indices {
            let (x, y) = (vectors[index][p], vectors[index][q])
            (vectors[index][p], vectors[index][q]) = (cosine * x - sine * y, sine * x + cosine * y)
        }
    }
}
