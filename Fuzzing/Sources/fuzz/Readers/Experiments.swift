import Foundation
import LikenessSupport

@testable import PublishedResults

extension Reader {
    static let experiments = [
        // `experiment.json`, a zero, `published.json`, a zero, and the record of every step.
        Reader("experiment", expects: { $0 is ExperimentError }) { bytes in
            let folder = try Scratch.emptied("experiment"), (definition, rest) = bytes.halves
            let (published, recorded) = Array(rest).halves
            try Data(definition).write(to: folder.appending(path: "experiment.json"))
            try Data(published).write(to: folder.appending(path: PublishedResults.fileName))
            let experiment = try Experiment(folder: folder)
            let record = (try? JSONDecoder().decode(JSONValue.self, from: Data(recorded))) ?? .null
            let records = Dictionary(uniqueKeysWithValues: experiment.steps.map { ($0.name, record) })
            for argument in experiment.steps.flatMap(\.arguments) {
                _ = try? Placeholder.filled(argument, work: folder, records: records)
            }
            let old = try PublishedResults.published(in: folder, for: experiment.table)
            let figures = try experiment.table.figures(of: records)
            _ = experiment.table.markdown(figures)
            for (row, olds) in zip(figures, old?.figures ?? []) {
                for ((new, old), column) in zip(zip(row, olds), experiment.table.columns) {
                    _ = old.agrees(with: new, in: column)
                }
            }
        },
        Reader("record-path", longest: 128, expects: { $0 is ExperimentError }) { bytes in
            _ = try RecordPath(bytes.text).value(in: .object(["a": .array([.number(1), .object(["b": .text("c")])])]))
        },
    ]
}
