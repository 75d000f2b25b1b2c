import Foundation
import TestSupport
import Testing

@Suite("likeness evaluate optimizers") struct OptimizersTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Creates a table with a linear cost whose minimum is 1 at a = 10; the seconds equal a.
    private func table(_ name: String, _ rows: [String]) throws -> String {
        try folder.file(name, Data((rows.joined(separator: "\n") + "\n").utf8)).path
    }

    private func evaluate(_ arguments: String...) throws -> Command.Outcome {
        let usual = ["--evaluations", "20", "--population", "5", "--runs", "3", "--optimizer", "random"]
        return try Command.run(["evaluate", "optimizers"] + usual + arguments)
    }

    @Test("Tables are compared like functions; further columns are reported at the best values, and seconds are summed")
    func tables() throws {
        let heading = "a,cost,accuracy,seconds"
        let one = try table("one.csv", [heading, "0,2,0.5,10", "10,1,0.9,10"])
        let two = try table("two.csv", [heading, "0,3,0.5,10", "10,2,0.7,10"])
        let outcome = try evaluate("--table", one, "--table", two, "--variable", "a=0...10", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        #expect(try JSON.objects(record["functions"]).compactMap { $0["function"] as? String } == ["one", "two"])
        let overall = try #require(try JSON.objects(record["overall"]).first)
        let told = try JSON.object(overall["told"])
        let seconds = try #require(JSON.object(told["seconds"])["mean"] as? Double)
        #expect(abs(seconds - 200) < 1e-9)
        // Both columns are straight lines, so the accuracy follows from the cost.
        let accuracy = try #require(JSON.object(told["accuracy"])["mean"] as? Double)
        let cost = try #require(JSON.object(overall["means"])["mean"] as? Double)
        #expect(cost < 2 && abs(accuracy - (0.5 + 0.3 * (2.5 - cost))) < 1e-9)
        let text = try evaluate("--table", one, "--variable", "a=0...10")
        #expect(text.output.contains("accuracy") && text.output.contains("seconds"))
    }

    @Test("A table without a cost, and unknown variables, are refused") func faults() throws {
        let bad = try table("bad.csv", ["a,b", "1,2"])
        let outcome = try evaluate("--table", bad, "--variable", "a=0...10")
        #expect(outcome.status == 65 && outcome.errors.contains("cost"), "\(outcome.status) \(outcome.errors)")
        let good = try table("good.csv", ["a,cost", "1,2", "2,1"])
        #expect(try evaluate("--table", good, "--variable", "b=0...10").status == 64)
        #expect(try evaluate("--table", folder.path("none.csv"), "--variable", "a=0...10").status == 66)
    }
}
