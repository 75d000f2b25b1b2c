import Evaluation
import Foundation
import Metaheuristics
import Plots
import TestSupport
import Testing
import Training

@testable import Tuning

@Suite("Optimizers side by side") struct OptimizerComparisonTests {
    /// A linear cost with the minimum 1 at a = 10. The accuracy increases with a, and every evaluation takes ten
    /// seconds.
    private let table = "a,cost,accuracy,seconds\n0,2,0.5,10\n10,1,0.9,10\n"

    @Test("A table: the lowest cost found, the further measurement, and the seconds of all evaluations")
    func measured() async throws {
        let function = try SearchedFunction(table: table, name: "line", variables: ["a=0...10"])
        #expect(function.isMeasured && !function.isCentered && function.space.count == 1)
        let comparison = OptimizerComparison([.random, .cmaes], evaluations: 20, population: 5, runs: 3)
        var advanced = 0
        let found = try await comparison.measure(function) { advanced += 1 }
        #expect(advanced == 2 && found.name == "line" && found.results.map(\.optimizer) == [.random, .cmaes])
        #expect(Set(found.results.map(\.rank)) == [1, 2] || found.results.map(\.rank) == [1.5, 1.5])
        for result in found.results {
            #expect(result.summary.runs == 3 && (1..<2).contains(result.summary.mean))
            let seconds = try #require(result.told["seconds"]), accuracy = try #require(result.told["accuracy"])
            #expect(abs(seconds - 200) < 1e-9)
            // Both columns are straight lines, so one follows from the other.
            #expect(abs(accuracy - (0.9 - 0.4 * (result.summary.mean - 1))) < 1e-6)
        }
        #expect(found.plot.series.map(\.name) == ["random", "cma-es"])
        let overall = try comparison.overall([found])
        #expect(overall.count == 2 && overall[0].meanRankShifted <= overall[1].meanRankShifted)
        #expect(overall.allSatisfy { $0.meanRankCentered == nil && $0.notWorse <= 1 })
        #expect(overall.contains { $0.notWorse == 1 })
    }

    @Test("Ranks with the minimum at the origin and away from it are separate")
    func centered() async throws {
        let functions = try [false, true].map {
            try SearchedFunction(TestFunction(.sphere, dimension: 2, isShifted: $0))
        }
        #expect(functions.map(\.name) == ["sphere", "sphere-shifted"] && functions.map(\.isCentered) == [true, false])
        let comparison = OptimizerComparison([.random], evaluations: 10, population: 5, runs: 2)
        var measured: [OptimizerComparison.Function] = []
        for function in functions { measured.append(try await comparison.measure(function)) }
        let overall = try comparison.overall(measured)
        #expect(overall[0].meanRankCentered == 1 && overall[0].meanRankShifted == 1)
    }

    @Test("Ranges of other variables are refused with the names of the table's variables")
    func variables() {
        let error = #expect(throws: ComparisonError.self) {
            try SearchedFunction(table: table, name: "line", variables: ["b=0...10"])
        }
        #expect(error == .otherVariables(["a"]))
    }
}

@Suite("Runs side by side") struct RunComparisonTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Creates a finished run: one accuracy and one error rate for each seed, validated after both epochs.
    private func run(_ name: String, _ accuracies: [Double], seeds: ClosedRange<Int> = 1...3) throws -> FinishedRun {
        func spread(_ values: [Double]) -> [String: Any] {
            ["mean": values.reduce(0, +) / Double(values.count), "deviation": 0.1, "values": values]
        }
        let results: [[String: Any]] = zip(seeds, accuracies).map { seed, accuracy in
            [
                "seed": seed, "steps": 4, "bestStep": 4, "stoppedEarly": false, "seconds": 10,
                "measures": ["accuracy": accuracy, "bareEER": 1 - accuracy, "TAR@1e-1": accuracy],
            ]
        }
        let measures = [
            "accuracy": spread(accuracies), "bareEER": spread(accuracies.map { 1 - $0 }),
            "TAR@1e-1": spread(accuracies),
        ]
        let summary: [String: Any] = ["task": "t", "seeds": results, "measures": measures]
        try folder.file("\(name)/summary.json", JSONSerialization.data(withJSONObject: summary))
        for (seed, accuracy) in zip(seeds, accuracies) {
            let lines = (1...2).map { epoch in
                #"{"validation":{"epoch":\#(epoch),"step":\#(2 * epoch),"measures":{"accuracy":\#(accuracy / Double(3 - epoch))}}}"#
            }
            try folder.file("\(name)/seed-\(seed)/metrics.jsonl", Data(lines.joined(separator: "\n").utf8))
        }
        return try FinishedRun(contentsOf: folder.url.appending(path: name, directoryHint: .isDirectory))
    }

    @Test("Differences to the first run, seed by seed, over the seeds that both have")
    func differences() throws {
        let runs = try [
            run("one", [0.5, 0.6, 0.7]), run("two", [0.7, 0.9, 0.8]), run("three", [0.5, 0.5, 0.5], seeds: 4...6),
            run("four", [0.6, 0.7, 0.1], seeds: 2...4),
        ]
        let comparison = try RunComparison(runs)
        #expect(comparison.reference == "one" && comparison.order == ["one", "two", "three", "four"])
        #expect(comparison.measures == ["TAR@1e-1", "accuracy", "bareEER"])
        #expect(comparison.order.map { comparison.runs[$0]?.shared } == [3, 3, 0, 2])
        let accuracy = try #require(comparison.runs["two"]?.measures["accuracy"])
        let difference = try #require(accuracy.difference)
        // Differences of 0.2, 0.3 and 0.1: t = 2 √3, two degrees of freedom.
        #expect(abs(difference.difference - 0.2) < 1e-9 && abs(difference.p - 0.0741799) < 1e-6)
        // Two runs are compared: Holm doubles the smaller p.
        let corrected = try #require(accuracy.correctedP)
        #expect(abs(corrected - 2 * difference.p) < 1e-9)
        #expect(comparison.runs["one"]?.measures["accuracy"]?.difference == nil)
        #expect(comparison.runs["three"]?.measures["accuracy"]?.difference == nil)
        #expect(comparison.runs["four"]?.measures["accuracy"]?.difference?.difference == 0)
        // The smallest error rate is the best.
        let errors = try #require(comparison.runs["two"]?.measures["bareEER"]?.summary)
        #expect(abs(errors.best - 0.1) < 1e-9 && abs(errors.worst - 0.3) < 1e-9)
    }

    @Test("Only the named measures are compared; runs that can't be compared are refused by name")
    func refused() throws {
        let one = try run("one", [0.5, 0.6, 0.7])
        #expect(try RunComparison([one], measures: ["accuracy"]).measures == ["accuracy"])
        #expect(throws: ComparisonError.noRuns) { try RunComparison([]) }
        #expect(throws: ComparisonError.twoRuns("one")) { try RunComparison([one, one]) }
        #expect(throws: ComparisonError.measureOfSome("acuracy", ofAll: ["TAR@1e-1", "accuracy", "bareEER"])) {
            try RunComparison([one], measures: ["acuracy"])
        }
    }

    @Test("A plot for each validated measure by epochs, and one for each ROC curve")
    func plots() throws {
        let plots = RunPlots.all([try run("one", [0.5, 0.6, 0.7]), try run("two", [0.7, 0.9, 0.8])])
        #expect(plots.map(\.name) == ["accuracy-by-epochs", "roc-all"])
        let points = plots[0].plot.series[0].points
        #expect(plots[0].plot.series.map(\.name) == ["one", "two"] && points.map(\.x) == [1, 2])
        #expect(abs(points[0].y - 0.3) < 1e-9 && abs(points[1].y - 0.6) < 1e-9 && points[1].low != nil)
    }
}
