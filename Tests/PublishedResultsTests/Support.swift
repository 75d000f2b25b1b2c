import Foundation
import PublishedResults

/// Returns a small experiment with two steps, the second of which uses a number of the first.
func sample(statuses: [Int32]? = nil, needs: [Experiment.Need] = []) throws -> Experiment {
    let table = try JSONDecoder().decode(
        ResultTable.self,
        from: Data(
            """
            {"heading": "model",
             "columns": [{"title": "TAR", "record": "bare", "value": "tar[fmr=0.001].value", "form": "percent",
                          "low": "tar[fmr=0.001].low", "high": "tar[fmr=0.001].high"},
                         {"title": "failed", "record": "masked", "value": "failed", "form": "count"}],
             "rows": [{"title": "one", "records": {"bare": "first", "masked": "second"}}]}
            """.utf8))
    return Experiment(
        title: "A sample", needs: needs,
        steps: [
            Experiment.Step(name: "first", arguments: ["evaluate", "{work}/masked"], statuses: statuses),
            Experiment.Step(name: "second", arguments: ["--threshold", "{first:tar[fmr=0.001].threshold}"]),
        ], table: table)
}

/// Writes the output of a command that knows the two steps to the given file.
func write(_ arguments: [String]) throws -> Int32 {
    guard let place = arguments.firstIndex(of: "--output") else { return 64 }
    let record =
        arguments.contains("evaluate")
        ? #"{"tar": [{"fmr": 0.01, "value": 1}, {"fmr": 0.001, "value": 0.987, "low": 0.98, "high": 0.99, "threshold": 0.3625}]}"#
        : #"{"failed": 3}"#
    try Data(record.utf8).write(to: URL(filePath: arguments[place + 1]))
    return 0
}
