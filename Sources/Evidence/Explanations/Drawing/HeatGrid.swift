/// Values on a grid over a picture, for drawing.
public struct HeatGrid: Hashable, Sendable {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    /// The values, row by row from the top left.
    public let values: [Float]

    /// Creates a grid from its values.
    public init(rows: Int, columns: Int, values: [Float]) {
        precondition(rows > 0 && columns > 0 && values.count == rows * columns, "there must be a value for each place")
        (self.rows, self.columns, self.values) = (rows, columns, values)
    }

    /// The largest absolute value.
    public var limit: Float { values.reduce(0) { max($0, abs($1)) } }

    /// Returns the linearly interpolated value at a position. Outside the centers of the outermost cells, it is the
    /// value of the nearest of them.
    ///
    /// - Parameters:
    ///   - x: The distance from the left edge, 0...1.
    ///   - y: The distance from the top edge, 0...1.
    public func value(x: Float, y: Float) -> Float {
        let column = min(max(x * Float(columns) - 0.5, 0), Float(columns - 1))
        let row = min(max(y * Float(rows) - 0.5, 0), Float(rows - 1))
        let left = Int(column), top = Int(row)
        let right = min(left + 1, columns - 1), bottom = min(top + 1, rows - 1)
        let along = column - Float(left), down = row - Float(top)
        let upper = values[top * columns + left] * (1 - along) + values[top * columns + right] * along
        let lower = values[bottom * columns + left] * (1 - along) + values[bottom * columns + right] * along
        return upper * (1 - down) + lower * down
    }
}
