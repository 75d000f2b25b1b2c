import Foundation

/// A cost that was measured on a grid, for comparing optimizers on a real task without training for each evaluation.
///
/// The cost is interpolated linearly between grid points; outside the grid it is that of the nearest edge. Such tables
/// allow comparisons of hyperparameter searches over many seeds (Klein and Hutter, *Tabular Benchmarks for Joint
/// Architecture and Hyperparameter Optimization*, 2019, arXiv:1905.04970).
public struct MeasuredTable: Sendable, Hashable {
    /// One axis of the grid.
    private struct Axis: Sendable, Hashable {
        /// The variables whose product is the axis; usually one.
        var factors: [String]
        /// The axis's values, in ascending order.
        var values: [Double]

        /// Returns the index of the largest value up to `x`, and the position of `x` between it and the next value,
        /// 0...1.
        func place(_ x: Double) -> (lower: Int, share: Double) {
            guard let upper = values.firstIndex(where: { $0 > x }) else { return (values.count - 1, 0) }
            guard upper > 0 else { return (0, 0) }
            return (upper - 1, (x - values[upper - 1]) / (values[upper] - values[upper - 1]))
        }
    }

    /// The name of the column to minimize.
    public static let cost = "cost"

    /// The names of further measured columns, in the order of the columns after ``cost``.
    public let figures: [String]
    private let axes: [Axis]
    /// The columns by name, ``cost`` and ``figures``, in row-major order.
    private let columns: [String: [Double]]

    /// Reads a table with a header: one column for each axis, then one named `cost`, then further measures. If an axis
    /// is a product of variables, its name lists them: `epochs*stepsPerEpoch`.
    ///
    /// - Parameter rows: The header and the rows.
    /// - Throws: ``MetaheuristicsError/badTable(reason:)`` if a grid point is missing or occurs twice, or if an entry
    ///   is not a number.
    public init(rows: [[String]]) throws(MetaheuristicsError) {
        guard let heading = rows.first, let place = heading.firstIndex(of: Self.cost), place > 0 else {
            throw .badTable(reason: "it has no columns for variables and, after these, one named \(Self.cost)")
        }
        var points: [[Double]: [Double]] = [:]
        for (index, row) in rows.dropFirst().enumerated() {
            let numbers = row.compactMap { Double($0) }.filter(\.isFinite)
            guard numbers.count == heading.count else {
                throw .badTable(reason: "line \(index + 2) does not have \(heading.count) numbers")
            }
            guard points.updateValue(Array(numbers[place...]), forKey: Array(numbers[..<place])) == nil else {
                throw .badTable(reason: "line \(index + 2) repeats an earlier point")
            }
        }
        let axes = heading[..<place].enumerated().map { column, name in
            Axis(
                factors: name.split(separator: "*").map { $0.trimmingCharacters(in: .whitespaces) },
                values: Set(points.keys.map { $0[column] }).sorted())
        }
        // There must be as many rows as grid points, and all must differ. The grid is not built before this check,
        // because a few columns could make it huge.
        guard axes.reduce(1.0, { $0 * Double($1.values.count) }) <= Double(points.count) else {
            throw .badTable(reason: "its \(points.count) rows are not all points of a grid: some are missing")
        }
        var measured: [[Double]] = []
        for point in Self.grid(axes.map(\.values)) {
            guard let values = points[point] else {
                throw .badTable(
                    reason: "the point \(point.map { "\($0)" }.joined(separator: ", ")) of its grid is missing")
            }
            measured.append(values)
        }
        guard !measured.isEmpty else { throw .badTable(reason: "it has no rows") }
        self.axes = axes
        figures = Array(heading[(place + 1)...])
        var columns: [String: [Double]] = [:]
        for (column, name) in heading[place...].enumerated() {
            guard columns.updateValue(measured.map { $0[column] }, forKey: name) == nil else {
                throw .badTable(reason: "two columns are named \(name)")
            }
        }
        self.columns = columns
    }

    /// The names of the variables, in the order of the columns.
    public var variables: [String] { axes.flatMap(\.factors) }

    /// The lowest cost on the grid.
    public var least: Double { columns[Self.cost]?.min() ?? .nan }

    /// Returns the cost at the given values, or another measured column. The result is `nil` if a variable is missing
    /// or not a number, or if the table has no such column.
    public func value(_ values: [String: SearchValue], of column: String = Self.cost) -> Double? {
        guard let column = columns[column] else { return nil }
        var places: [(lower: Int, share: Double)] = []
        for axis in axes {
            var product = 1.0
            for name in axis.factors {
                guard let number = values[name]?.number else { return nil }
                product *= number
            }
            places.append(axis.place(product))
        }
        return interpolated(column, places[...], from: 0)
    }

    /// - Parameter offset: The start of the part of the column that the previous axes have selected.
    private func interpolated(
        _ column: [Double], _ places: ArraySlice<(lower: Int, share: Double)>, from offset: Int
    ) -> Double {
        guard let place = places.first else { return column[offset] }
        let rest = places.dropFirst()
        let stride = axes[rest.startIndex...].reduce(1) { $0 * $1.values.count }
        let low = interpolated(column, rest, from: offset + place.lower * stride)
        guard place.share > 0 else { return low }
        let high = interpolated(column, rest, from: offset + (place.lower + 1) * stride)
        return low + (high - low) * place.share
    }

    /// Returns all combinations in row-major order.
    private static func grid(_ axes: [[Double]]) -> [[Double]] {
        axes.reduce([[]]) { points, values in points.flatMap { point in values.map { point + [$0] } } }
    }
}
