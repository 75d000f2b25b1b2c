import Foundation

/// The smoothest map of the plane that maps given points to other given points.
///
/// Bookstein, *Principal warps: thin-plate splines and the decomposition of deformations*, 1989.
struct ThinPlateSpline {
    private let points: [SIMD2<Double>]
    /// One weight for each point, then the constant and the coefficients of x and y.
    private let weights: [SIMD2<Double>]

    /// Creates the map from each point of `source` to its counterpart in `target`; `nil` if the points lie on a line.
    init?(from source: [SIMD2<Float>], to target: [SIMD2<Float>]) {
        let points = source.map { SIMD2<Double>($0) }
        let count = points.count + 3
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        var values = target.map { SIMD2<Double>($0) } + [.zero, .zero, .zero]
        for (row, point) in points.enumerated() {
            for (column, other) in points.enumerated() { matrix[row][column] = Self.bending(point - other) }
            for (index, value) in [1, point.x, point.y].enumerated() {
                matrix[row][points.count + index] = value
                matrix[points.count + index][row] = value
            }
        }
        guard Self.solve(&matrix, &values) else { return nil }
        self.points = points
        weights = values
    }

    func callAsFunction(_ place: SIMD2<Float>) -> SIMD2<Float> {
        let place = SIMD2<Double>(place)
        let count = points.count
        var sum = weights[count] + weights[count + 1] * place.x + weights[count + 2] * place.y
        for index in 0..<count { sum += weights[index] * Self.bending(place - points[index]) }
        return SIMD2<Float>(sum)
    }

    private static func bending(_ offset: SIMD2<Double>) -> Double {
        let squared = (offset * offset).sum()
        return squared > 0 ? squared * log(squared) : 0
    }

    /// Solves the linear system by Gaussian elimination with pivoting; the solution replaces `values`.
    private static func solve(_ matrix: inout [[Double]], _ values: inout [SIMD2<Double>]) -> Bool {
        let count = values.count
        for step in 0..<count {
            guard let pivot = (step..<count).max(by: { abs(matrix[$0][step]) < abs(matrix[$1][step]) }),
                abs(matrix[pivot][step]) > 1e-9
            else { return false }
            matrix.swapAt(step, pivot)
            values.swapAt(step, pivot)
            for row in 0..<count where row != step {
                let factor = matrix[row][step] / matrix[step][step]
                guard factor != 0 else { continue }
                for column in step..<count { matrix[row][column] -= factor * matrix[step][column] }
                values[row] -= values[step] * factor
            }
        }
        for step in 0..<count { values[step] /= matrix[step][step] }
        return true
    }
}
