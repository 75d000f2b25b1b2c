import Foundation

/// A cost that was measured on a grid, to compare optimizers on a real task without training for each evaluation.
///
/// Between the grid's points it is interpolated, linearly in each axis; beyond its ends it stays as it is there. Tables of
/// this kind are how searches for hyperparameters are compared at many seeds (Klein and Hutter, *Tabular Benchmarks for
/// Joint Architecture and Hyperparameter Optimization*, 2019, arXiv:1905.04970).
public struct MeasuredTable: Sendable, Hashable {
    /// One axis of the grid.
    private struct Axis: Sendable, Hashable {
        /// The variables whose product the axis is; mostly one.
        var factors: [String]
        /// Ascending.
        var values: [Double]

        /// Between which two values `x` lies, and how far from the first to the second, 0...1.
        func place(_ x: Double) -> (lower: Int, share: Double) {
            guard let upper = values.firstIndex(where: { $0 > x }) else { return (values.count - 1, 0) }
            guard upper > 0 else { return (0, 0) }
            return (upper - 1, (x - values[upper - 1]) / (values[upper] - values[upper - 1]))
        }
    }

    /// The column that is made small.
    public static let cost = "cost"

    /// What else was measured, in the order of the columns after ``cost``.
    public let figures: [String]
    private let axes: [Axis]
    /// By column, ``cost`` and ``figures``; the last axis running fastest.
    private let columns: [String: [Double]]

    /// Reads a table with a heading: a column for each axis, then one named `cost`, then those of other figures. An axis
    /// that is a product of variables is named so: `epochs*stepsPerEpoch`.
    ///
    /// - Parameter rows: The heading and the rows.
    /// - Throws: ``MetaheuristicsError/badTable(reason:)`` where a point of the grid is missing or there twice, or a number
    ///   is none.
    public init(rows: [[String]]) throws(MetaheuristicsError) {
        guard let heading = rows.first, let place = heading.firstIndex(of: Self.cost), place > 0 else {
            throw .badTable(reason: "it has no columns for variables and, after these, one named \(Self.cost)")
        }
        var points: [[Double]: [Double]] = [:]
        for (index, row) in rows.dropFirst().enumerated() {
            let numbers = row.compactMap { Double($0) }.filter(\.isFinite)
            guard numbers.count == heading.count else {
                throw .badTable(reason: "line \(index + 2) has not \(heading.count) numbers")
            }
            guard points.updateValue(Array(numbers[place...]), forKey: Array(numbers[..<place])) == nil else {
                throw .badTable(reason: "line \(index + 2) is there twice")
            }
        }
        let axes = heading[..<place].enumerated().map { column, name in
            Axis(
                factors: name.split(separator: "*").map { $0.trimmingCharacters(in: .whitespaces) },
                values: Set(points.keys.map { $0[column] }).sorted())
        }
        // As many rows as points, and all different: the grid is not built before, which a few columns make endless.
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

    /// The variables, in the order of the columns.
    public var variables: [String] { axes.flatMap(\.factors) }

    /// The least cost on the grid.
    public var least: Double { columns[Self.cost]?.min() ?? .nan }

    /// What the variables' values cost, or what else was measured there; `nil` where one of them is missing or is no number,
    /// and for a figure that the table does not have.
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

    /// - Parameter offset: Where the part of the column begins that the axes before have led to.
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

    /// All combinations, the last axis running fastest.
    private static func grid(_ axes: [[Double]]) -> [[Double]] {
        axes.reduce([[]]) { points, values in points.flatMap { point in values.map { point + [$0] } } }
    }
}
