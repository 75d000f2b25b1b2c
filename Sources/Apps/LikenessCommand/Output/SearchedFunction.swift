import Foundation
import Metaheuristics
import Tuning

/// What optimizers are compared on.
struct SearchedFunction: Sendable {
    let name: String
    let space: SearchSpace
    /// Whether the least value is in the origin of the coordinates.
    let isCentered: Bool
    /// Whether it is a table of measured costs.
    let isMeasured: Bool
    let cost: @Sendable ([String: SearchValue]) async throws -> Double
    /// What else is told of a search, by name.
    let told: @Sendable (SearchResult) -> [String: Double]

    init(_ function: TestFunction) throws {
        name = function.shape.rawValue + (function.isShifted ? "-shifted" : "")
        space = try function.space
        (isCentered, isMeasured) = (!function.isShifted, false)
        cost = { function.value($0) }
        told = { _ in [:] }
    }

    init(table path: String, variables: [String]) throws {
        let data = try ReadFile.contents(path)
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        let table = try MeasuredTable(
            rows: lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) })
        let fields = try variables.map { try TunedField($0).variable }
        guard Set(fields.map(\.name)) == Set(table.variables) else {
            throw Failure.badOption(
                "--variable gives the range of each of the table's variables: \(table.variables.joined(separator: ", "))"
            )
        }
        name = URL(filePath: path).deletingPathExtension().lastPathComponent
        space = try SearchSpace(fields)
        (isCentered, isMeasured) = (false, true)
        // A category has no place on an axis, which makes the cost infinite: a failed evaluation.
        cost = { table.value($0) ?? .infinity }
        told = { Self.figures(of: $0, in: table) }
    }

    /// The column of a table that says how long an evaluation takes.
    private static let duration = "seconds"

    /// The table's figures at the best numbers that a search has found, but how long all of its evaluations took.
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
