import Metaheuristics
import Testing

@Suite("Tables of measured costs") struct MeasuredTableTests {
    private func point(_ values: [String: Int]) -> [String: SearchValue] { values.mapValues { .integer($0) } }

    /// The cost is 2 a + b, which linear interpolation gives exactly; the rows are not sorted.
    private let rows: [[String]] =
        [["a", "b*c", "cost"]]
        + [(10, 4), (0, 0), (10, 0), (4, 4), (0, 4), (4, 0)].map { ["\($0)", "\($1)", "\(2 * $0 + $1)"] }

    @Test("A table is linear between its points, and constant outside") func interpolation() throws {
        let table = try MeasuredTable(rows: rows)
        #expect(table.variables == ["a", "b", "c"] && table.least == 0)
        for (a, b, c) in [(0, 0, 9), (4, 2, 2), (7, 1, 3), (10, 4, 1), (1, 1, 1)] {
            #expect(table.value(point(["a": a, "b": b, "c": c])) == Double(2 * a + b * c))
        }
        #expect(table.value(point(["a": 20, "b": 5, "c": 5])) == 24)
        #expect(table.value(point(["a": -3, "b": 1, "c": 2])) == 2)
        #expect(table.value(point(["a": 1, "b": 1])) == nil)
        #expect(table.value(["a": .category("x"), "b": .integer(1), "c": .integer(1)]) == nil)
    }

    @Test("Columns after the cost are reported, not searched") func figures() throws {
        let table = try MeasuredTable(rows: [
            ["a", "cost", "accuracy", "seconds"], ["0", "2", "0.5", "10"], ["10", "1", "0.7", "30"],
        ])
        #expect(table.figures == ["accuracy", "seconds"] && table.variables == ["a"] && table.least == 1)
        let middle = point(["a": 5])
        #expect(table.value(middle) == 1.5 && table.value(middle, of: "seconds") == 20)
        #expect(table.value(middle, of: "precision") == nil)
    }

    @Test("A search finds the minimum of a table", arguments: [OptimizerKind.cmaes, .adaptiveEAOA, .tpe])
    func search(kind: OptimizerKind) async throws {
        // A bowl with its minimum, 1, in (6, 40).
        let heading = [["a", "b", "cost"]]
        let bowl = (0...10).flatMap { a in
            (0...10).map { b in ["\(a)", "\(b * 10)", "\(1 + (a - 6) * (a - 6) + (b - 4) * (b - 4))"] }
        }
        let table = try MeasuredTable(rows: heading + bowl)
        let space = try SearchSpace([SearchVariable("a", .integer(0...10)), SearchVariable("b", .integer(0...100))])
        let found = try await Search(space, by: kind, budget: 200, seed: 2).run { table.value($0) ?? .infinity }
        #expect((found.best?.cost ?? .infinity) < 1.5)
    }

    @Test("Tables that are not a grid of numbers are refused")
    func faults() {
        for wrong in [
            [], [["cost"]], [["a", "cost"]], [["a", "cost"], ["1", "x"]], [["a", "cost"], ["1"]],
            [["a", "cost"], ["1", "2"], ["1", "3"]], Array(rows.dropLast()), [["a", "b"], ["1", "2"]],
            [["cost"], ["1"]], [["a", "cost", "x", "x"], ["1", "2", "3", "4"]],
        ] { #expect(throws: MetaheuristicsError.self) { try MeasuredTable(rows: wrong) } }
    }
}
