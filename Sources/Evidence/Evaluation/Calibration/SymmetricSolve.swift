/// Solves A x = b for a symmetric, positive definite A by Cholesky factorization, for at most a few dozen unknowns.
enum SymmetricSolve {
    /// Solves the system.
    ///
    /// - Parameters:
    ///   - matrix: A, row by row; the lower half is read.
    ///   - right: b.
    /// - Returns: x; `nil` if A is not positive definite in numerical precision.
    static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var factor = matrix, solution = right
        let count = right.count
        for row in 0..<count {
            for column in 0...row {
                var sum = matrix[row][column]
                for index in 0..<column { sum -= factor[row][index] * factor[column][index] }
                if row == column {
                    guard sum > matrix[row][row] * 1e-14, sum.isFinite else { return nil }
                    factor[row][row] = sum.squareRoot()
                } else {
                    factor[row][column] = sum / factor[column][column]
                }
            }
        }
        for row in 0..<count {
            for index in 0..<row { solution[row] -= factor[row][index] * solution[index] }
            solution[row] /= factor[row][row]
        }
        for row in (0..<count).reversed() {
            for index in row + 1..<count { solution[row] -= factor[index][row] * solution[index] }
            solution[row] /= factor[row][row]
        }
        return solution
    }
}
