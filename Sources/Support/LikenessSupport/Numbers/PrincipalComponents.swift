/// The principal components of vectors: the orthogonal directions in which they vary most.
///
/// Pearson, *On lines and planes of closest fit to systems of points in space*, 1901; Jolliffe, *Principal component
/// analysis*, 2002.
package struct PrincipalComponents: Sendable {
    /// The mean of the vectors.
    package let mean: [Double]
    /// The directions, each of length 1, in the order of decreasing variance.
    package let directions: [[Double]]
    /// The share of the whole variance in each direction, 0...1.
    package let shares: [Double]

    /// Computes the first `count` principal components.
    ///
    /// The sign of a direction is arbitrary; here its largest element is positive, so that the result is the same in
    /// every run.
    ///
    /// - Parameters:
    ///   - values: The vectors, concatenated; at least two.
    ///   - dimension: The length of a vector.
    ///   - count: The number of components, 1...`dimension`.
    package init(of values: [Float], dimension: Int, count: Int) {
        precondition(dimension > 0 && (1...dimension).contains(count), "there are as many components as numbers")
        precondition(values.count % dimension == 0 && values.count >= 2 * dimension, "a variance needs two vectors")
        let rows = values.count / dimension
        var mean = Array(repeating: 0.0, count: dimension)
        for index in values.indices { mean[index % dimension] += Double(values[index]) / Double(rows) }
        // The upper triangle of the covariance matrix, row by row.
        var products = Array(repeating: 0.0, count: dimension * dimension)
        var centered = Array(repeating: 0.0, count: dimension)
        for row in 0..<rows {
            for column in 0..<dimension { centered[column] = Double(values[row * dimension + column]) - mean[column] }
            for one in 0..<dimension {
                for other in one..<dimension { products[one * dimension + other] += centered[one] * centered[other] }
            }
        }
        let covariance = (0..<dimension).map { one in
            (0..<dimension).map { other in
                products[min(one, other) * dimension + max(one, other)] / Double(rows - 1)
            }
        }
        let eigen = SymmetricMatrix(rows: covariance).eigen()
        let order = eigen.values.indices.sorted { eigen.values[$0] > eigen.values[$1] }.prefix(count)
        let whole = eigen.values.reduce(0, +)
        self.mean = mean
        shares = order.map { whole > 0 ? max(eigen.values[$0], 0) / whole : 0 }
        directions = order.map { place in
            var unit = Array(repeating: 0.0, count: dimension)
            unit[place] = 1
            let direction = eigen.rotated(unit)
            let largest = direction.max { $0.magnitude < $1.magnitude } ?? 1
            return largest < 0 ? direction.map { -$0 } : direction
        }
    }
}
