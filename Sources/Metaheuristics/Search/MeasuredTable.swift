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

    private let axes: [Axis]
    /// The last axis running fastest.
    private let costs: [Double]

    /// Reads a table with a heading: a column for each axis, the last column being the cost. An axis that is a product of
    /// variables is named so: `epochs*stepsPerEpoch`.
    ///
    /// - Parameter rows: The heading and the rows.
    /// - Throws: ``MetaheuristicsError/badTable(reason:)`` where a point of the grid is missing or there twice, or a number
    ///   is none.
    public init(rows: [[String]]) throws(MetaheuristicsError) {
        guard let heading = rows.first, heading.count > 1 else {
            throw .badTable(reason: "it has no columns for variables and a cost")
        }
        var points: [[Double]: Double] = [:]
        for (index, row) in rows.dropFirst().enumerated() {
            let numbers = row.compactMap { Double($0) }.filter(\.isFinite)
            guard numbers.count == heading.count, let cost = numbers.last else {
                throw .badTable(reason: "line \(index + 2) has not \(heading.count) numbers")
            }
            guard points.updateValue(cost, forKey: Array(numbers.dropLast())) == nil else {
                throw .badTable(reason: "line \(index + 2) is there twice")
            }
        }
        let axes = heading.dropLast().enumerated().map { column, name in
            Axis(
                factors: name.split(separator: "*").map { $0.trimmingCharacters(in: .whitespaces) },
                values: Set(points.keys.map { $0[column] }).sorted())
        }
        var costs: [Double] = []
        for point in Self.grid(axes.map(\.values)) {
            guard let cost = points[point] else {
                throw .badTable(
                    reason: "the point \(point.map { "\($0)" }.joined(separator: ", ")) of its grid is missing")
            }
            costs.append(cost)
        }
        guard !costs.isEmpty else { throw .badTable(reason: "it has no rows") }
        (self.axes, self.costs) = (axes, costs)
    }

    /// The variables, in the order of the columns.
    public var variables: [String] { axes.flatMap(\.factors) }

    /// The least cost on the grid.
    public var least: Double { costs.min() ?? .nan }

    /// What the variables' values cost; `nil` where one is missing or is no number.
    public func value(_ values: [String: SearchValue]) -> Double? {
        var places: [(lower: Int, share: Double)] = []
        for axis in axes {
            var product = 1.0
            for name in axis.factors {
                guard let number = values[name]?.number else { return nil }
                product *= number
            }
            places.append(axis.place(product))
        }
        return interpolated(places[...], from: 0)
    }

    /// - Parameter offset: Where the part of the costs begins that the axes before have led to.
    private func interpolated(_ places: ArraySlice<(lower: Int, share: Double)>, from offset: Int) -> Double {
        guard let place = places.first else { return costs[offset] }
        let rest = places.dropFirst()
        let stride = axes[rest.startIndex...].reduce(1) { $0 * $1.values.count }
        let low = interpolated(rest, from: offset + place.lower * stride)
        guard place.share > 0 else { return low }
        let high = interpolated(rest, from: offset + (place.lower + 1) * stride)
        return low + (high - low) * place.share
    }

    /// All combinations, the last axis running fastest.
    private static func grid(_ axes: [[Double]]) -> [[Double]] {
        axes.reduce([[]]) { points, values in points.flatMap { point in values.map { point + [$0] } } }
    }
}
