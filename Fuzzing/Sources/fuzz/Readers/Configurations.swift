import Foundation
import Synchronization
import Tensors

@testable import Metaheuristics
@testable import Training
@testable import Tuning

extension Reader {
    static let configurations = [
        Reader("run-configuration", expects: { $0 is ConfigurationError }) { bytes in
            let configuration = try RunConfiguration(Data(bytes))
            _ = try? configuration.settings(TriedSettings.self)
            _ = try configuration.difference(from: RunConfiguration())
            let steps = configuration.stepsPerEpoch ?? 1000
            let total = configuration.epochs * steps
            for step in [0, 1, total / 2, total] {
                _ = configuration.validation.isDue(after: step, stepsPerEpoch: steps)
                _ = configuration.schedule.schedule.rate(at: step, of: total)
            }
            if let seconds = configuration.checkpoints.everySeconds { _ = Duration.seconds(seconds) }
            _ = try RunFile(Data(bytes)).changing(["settings.a.b": .number(1), "epochs": .text("x")])
        },
        // `name=1...2`, the format of `tune --variable`.
        Reader("tuned-field", longest: 128, expects: { $0 is TuningError || $0 is MetaheuristicsError }) { bytes in
            let variable = try TunedField(bytes.text).variable
            _ = variable.extremes
            let space = try SearchSpace([variable])
            for share in [-1, 0, 0.25, 0.5, 1, 2] as [Double] {
                _ = space.values([space.lower[0] + share * (space.upper[0] - space.lower[0])])
            }
            _ = space.values(space.clamped([.nan]))
        },
        Reader("search-journal", expects: { $0 is MetaheuristicsError }) { bytes in
            let search = try Search(triedSpace, by: .eaoa, budget: 20, population: 4, seed: 7)
            let journal = SearchJournal(try Scratch.file("journal.jsonl", bytes))
            _ = try journal.evaluations(of: search)
            try journal.append(
                SearchEvaluation(number: 1, values: ["rate": .real(0.1)], cost: 1, seconds: 0, failure: nil))
        },
        // `state.json` in a checkpoint's folder.
        Reader("checkpoint", expects: { $0 is DecodingError || $0 is SealedFolder.Damage }) { bytes in
            let folder = try Scratch.emptied("step-00000012")
            try SealedFolder.write(["state.json": Data(bytes)], to: folder)
            let files = try SealedFolder.read(["state.json"], from: folder)
            let checkpoint = try JSONDecoder().decode(Checkpoint.self, from: files["state.json"] ?? Data())
            if checkpoint.impossibleField(atStep: 12) == nil {
                _ = checkpoint.state.step + checkpoint.optimizerSteps + 1
            }
            _ = try checkpoint.configuration.difference(from: RunConfiguration())
        },
        // `summary.json`, a zero, and `metrics.jsonl` of its seed 1.
        Reader("run-folder", expects: { $0 is TrainingError }) { bytes in
            let folder = try Scratch.emptied("run"), (summary, metrics) = bytes.halves
            let seed = folder.appending(path: "seed-1")
            try FileManager.default.createDirectory(at: seed, withIntermediateDirectories: true)
            try Data(summary).write(to: folder.appending(path: "summary.json"))
            try Data(metrics).write(to: seed.appending(path: "metrics.jsonl"))
            let log = try MetricsLog(at: seed.appending(path: "metrics.jsonl"))
            try log.drawCurves(to: folder.appending(path: "curves.svg"))
            try log.forget(after: 3)
            _ = try FinishedRun(contentsOf: folder)
        },
    ]

    /// Settings of each kind that a task may have.
    struct TriedSettings: ConfigurationSection {
        enum Kind: String, Codable, CaseIterable { case a, b }
        var archive = "people.archive"
        var neurons = 128
        var share = 0.2
        var kind = Kind.a
        var names: [String] = []
        var seed: UInt64 = 1
        var isOn = true
        var fold: Int?

        init() {}

        func check(_ fields: FieldChecks) throws {
            try fields["neurons"].expect(neurons, in: 1...4096)
            try fields["share"].expect(share, in: 0...1)
        }
    }

    private static let triedSpace: SearchSpace = {
        do {
            return try SearchSpace([
                SearchVariable("rate", .logarithmic(1e-4...1)), SearchVariable("neurons", .integer(5...225)),
                SearchVariable("kind", .category(["a", "b"])),
            ])
        } catch {
            fatalError("the search space must be valid: \(error)")
        }
    }()
}
