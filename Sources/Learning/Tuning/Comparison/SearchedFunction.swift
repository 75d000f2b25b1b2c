import LikenessSupport
public import Metaheuristics

/// A function on which optimizers are compared: one with a known minimum, or a table of measured costs.
public struct SearchedFunction: Sendable {
    /// The function's name, such as `ackley-shifted`, or the table's.
    public let name: String
    /// The variables and their ranges.
    public let space: SearchSpace
    /// Whether the minimum is at the origin of the coordinates.
    public let isCentered: Bool
    /// Whether the function is a table of measured costs.
    public let isMeasured: Bool
    let cost: @Sendable ([String: SearchValue]) async throws -> Double
    /// Returns further measurements of a search, by name.
    let told: @Sendable (SearchResult) -> [String: Double]

    /// Creates a function whose minimum is known to be 0.
    public init(_ function: TestFunction) throws {
        name = function.shape.rawValue + (function.isShifted ? "-shifted" : "")
        space = try function.space
        (isCentered, isMeasured) = (!function.isShifted, false)
        cost = { function.value($0) }
        told = { _ in [:] }
    }

    /// Creates a function from costs that were measured on a grid.
    ///
    /// - Parameters:
    ///   - text: The table as `MeasuredTable` reads it, with commas between the fields.
    ///   - name: The name in the results.
    ///   - variables: Each variable and its range, as `TunedField` reads them.
    /// - Throws: `MetaheuristicsError`; ``TuningError``; ``ComparisonError``.
    public init(table text: String, name: String, variables: [String]) throws {
        let lines = CSVRecords([UInt8](text.utf8))
        if let fault = lines.faults.first {
            throw MetaheuristicsError.badTable(reason: "line \(fault.line): \(fault.message)")
        }
        let table = try MeasuredTable(rows: lines.records.map(\.fields))
        let fields = try variables.map { try TunedField($0).variable }
        guard Set(fields.map(\.name)) == Set(table.variables) else {
            throw ComparisonError.otherVariables(table.variables)
        }
        self.name = name
        space = try SearchSpace(fields)
        (isCentered, isMeasured) = (false, true)
        // A category has no position on an axis. The infinite cost counts as a failed evaluation.
        cost = { table.value($0) ?? .infinity }
        told = { Self.figures(of: $0, in: table) }
    }

    /// The column of a table that holds the duration of an evaluation.
    private static let duration = "seconds"

    /// Returns the table's measures at the best values of a search. The duration is that of all its evaluations.
    private static func figures(of search: SearchResult, in table: MeasuredTable) -> [String: Double] {
        var figures: [String: Double] = [:]
        for name in table.figures where name != duration {
            figures[name] = search.best.flatMap { table.value($0.values, of: name) }
        }
        if table.figures.contains(duration) {
            figures[duration] = search.evaluations.reduce(0) { $0 + (table.value($1.values, of: duration) ?? 0) }
        }
        return figures
    }
}
