import Foundation
import TestSupport
import Testing

@Suite("likeness evaluate runs") struct RunsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Creates a run like one of `likeness train`, with one measure for each seed and its values after both epochs.
    private func run(_ name: String, _ accuracies: [Double], seeds: ClosedRange<Int> = 1...3) throws -> String {
        let place = folder.url.appending(path: name)
        let results = zip(seeds, accuracies).map { seed, accuracy in
            [
                "seed": seed, "steps": 4, "bestStep": 4, "stoppedEarly": false, "seconds": 10,
                "measures": ["accuracy": accuracy, "bareEER": 1 - accuracy],
            ] as [String: Any]
        }
        func spread(_ values: [Double]) -> [String: Any] {
            ["mean": values.reduce(0, +) / Double(values.count), "deviation": 0.1, "values": values]
        }
        let rates = ["TAR@1e-1": 0.9, "TAR@1e-2": 0.6].mapValues { rate in spread(accuracies.map { $0 * rate }) }
        let measures = ["accuracy": spread(accuracies), "bareEER": spread(accuracies.map { 1 - $0 })]
            .merging(rates.map { ("unseen" + $0, $1) }) { $1 }
        let summary: [String: Any] = ["task": "t", "seeds": results, "measures": measures]
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try JSONSerialization.data(withJSONObject: summary).write(to: place.appending(path: "summary.json"))
        for (seed, accuracy) in zip(seeds, accuracies) {
            let own = place.appending(path: "seed-\(seed)")
            try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
            let lines = (1...2).map { epoch in
                #"{"validation":{"epoch":\#(epoch),"step":\#(2 * epoch),"measures":{"accuracy":\#(accuracy / Double(3 - epoch))}}}"#
            }
            try Data(lines.joined(separator: "\n").utf8).write(to: own.appending(path: "metrics.jsonl"))
        }
        return place.path
    }

    @Test("Statistics over seeds, differences seed by seed, and missing data") func statistics() throws {
        let one = try run("one", [0.5, 0.6, 0.7]), two = try run("two", [0.7, 0.9, 0.8])
        let three = try run("three", [0.5, 0.5, 0.5], seeds: 4...6)
        let outcome = try Command.run([
            "evaluate", "runs", one, two, three, "--format", "json", "--curves", folder.path("curves"),
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("three has other seeds than one"))
        let record = try JSON.object(outcome.json())
        #expect(
            record["reference"] as? String == "one"
                && (record["order"] as? [any Sendable])?.compactMap { $0 as? String } == ["one", "two", "three"])
        let runs = try JSON.object(record["runs"])
        func measure(_ run: String, _ name: String) throws -> [String: any Sendable] {
            try JSON.object(JSON.object(JSON.object(runs[run])["measures"])[name])
        }
        let better = try measure("two", "accuracy")
        let summary = try JSON.object(better["summary"])
        #expect(summary["best"] as? Double == 0.9 && summary["worst"] as? Double == 0.7)
        let compared = try JSON.object(better["difference"])
        let difference = try #require(compared["difference"] as? Double), p = try #require(compared["p"] as? Double)
        // Differences of 0.2, 0.3 and 0.1: t = 2 √3, two degrees of freedom.
        #expect(abs(difference - 0.2) < 1e-9 && abs(p - 0.0741799) < 1e-6)
        // The third run has no pairs, so there is only one test and nothing to correct.
        #expect(better["correctedP"] as? Double == p)
        let (reference, unpaired) = (try measure("one", "accuracy"), try measure("three", "accuracy"))
        #expect(reference["difference"] == nil && unpaired["difference"] == nil)
        // Two of the seeds 2 to 4 are also seeds of the reference, with the same results.
        let four = try run("four", [0.6, 0.7, 0.1], seeds: 2...4)
        let partly = try Command.run(["evaluate", "runs", one, four, "--format", "json"])
        #expect(partly.errors.contains("2 of them are compared"))
        let entries = try JSON.object(JSON.object(partly.json())["runs"])
        let measures = try JSON.object(JSON.object(entries["four"])["measures"])
        let same = try JSON.object(JSON.object(measures["accuracy"])["difference"])
        #expect(same["difference"] as? Double == 0 && same["p"] as? Double == 1)
        // The smallest error rate is the best.
        let errors = try JSON.object(measure("two", "bareEER")["summary"])
        let best = try #require(errors["best"] as? Double)
        #expect(abs(best - 0.1) < 1e-9)

        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("curves")).sorted()
        #expect(files == ["accuracy-by-epochs.svg", "roc-unseen.svg"])
        for file in files {
            let text = try String(contentsOf: folder.url.appending(path: "curves/\(file)"), encoding: .utf8)
            #expect(text.hasPrefix("<svg") && text.contains("two"))
        }
        let table = try Command.run(["evaluate", "runs", one, two, "--measure", "accuracy"])
        #expect(table.output.contains("seconds of training") && !table.output.contains("bareEER"))
    }

    @Test("A folder without a finished run, and measures that not all runs have, are refused by name") func faults()
        throws
    {
        let one = try run("one", [0.5, 0.6, 0.7])
        let missing = try Command.run(["evaluate", "runs", one, folder.path("none")])
        #expect(missing.status == 66 && missing.errors.contains("none"), "\(missing.status) \(missing.errors)")
        let unknown = try Command.run(["evaluate", "runs", one, "--measure", "acuracy"])
        #expect(unknown.status == 64 && unknown.errors.contains("bareEER"), "\(unknown.status) \(unknown.errors)")
        let twice = try Command.run(["evaluate", "runs", one, one])
        #expect(twice.status == 64 && twice.errors.contains("called one"), "\(twice.status) \(twice.errors)")
    }
}
