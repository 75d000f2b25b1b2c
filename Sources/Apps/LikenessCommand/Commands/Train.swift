public import ArgumentParser
import FaceTraining
import Foundation
import LikenessRecords
import LikenessSupport
import Recognition
import Synchronization
public import Tensors
import Training

extension Device: ExpressibleByArgument {}

/// `likeness train`
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a network, as configured in a JSON file.",
        discussion: """
            The run's folder contains a copy of the configuration and, for each seed, checkpoints, metrics.jsonl, \
            curves.svg and, at the end, weights and result.json; summary.json has means and deviations over the seeds. \
            A run that was interrupted or killed resumes from its last complete checkpoint when it is started again.

            TASKS:
            \(TaskRegistry.tasks.map { "  \($0.name)\n      \($0.summary)" }.joined(separator: "\n"))
            """)

    @Option(name: .long, help: ArgumentHelp("The run's configuration.", valueName: "file"))
    var config: String

    @Option(
        name: .customLong("out"),
        help: ArgumentHelp("The run's folder. (default: runs/ and the configuration's name)", valueName: "folder"))
    var folder: String?

    @Flag(help: "Resume the run in the folder; an error if there is none.")
    var resume = false

    @Flag(help: "Remove the run in the folder, and start again.")
    var fresh = false

    @Option(help: "The device, cpu or cuda; overrides the configuration.")
    var device: Device?

    @Option(help: "The number of threads per operation; overrides the configuration.")
    var threads: Int?

    @Flag(name: .shortAndLong, help: "No progress and no remarks on the standard error.")
    var quiet = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if resume, fresh { throw ValidationError("--resume and --fresh exclude each other") }
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads is 1 to 1024") }
    }

    func run() async throws {
        let writer = try SingleWriter(output, keeping: InputFiles([config]))
        let run = try prepared()
        try TrainingEngine.open(library: Installation.locateTrainingEngine())
        let start: TrainingRun.Start = fresh ? .afresh : resume ? .resuming : .resumingWherePossible
        let progress = TrainingProgress(quiet: quiet, manySeeds: run.configuration.seeds.count > 1)
        let stop = StopSign()
        let result = Mutex<RunSummary?>(nil)
        try await interruptible {
            let summary = try await withTaskCancellationHandler {
                try await run.run(start, observe: { progress.show($1, seed: $0) }, shouldStop: { stop.isUp })
            } onCancel: {
                stop.raise()
            }
            result.withLock { $0 = summary }
        }
        progress.finish()
        if let summary = result.withLock({ $0 }) { try writer.write(TrainingRecord(summary), table: table(summary)) }
    }

    /// The run, with its configuration checked: what is wrong there is said before anything is opened or written.
    private func prepared() throws -> TrainingRun {
        let file = URL(filePath: config)
        let data = try ReadFile.contents(config)
        let place = folder ?? "runs/\(file.deletingPathExtension().lastPathComponent)"
        return try ReadFile.naming(config) {
            try TrainingRun(
                data, tasks: TaskRegistry.tasks, folder: URL(filePath: place, directoryHint: .isDirectory)
            ) { configuration in
                if let device { configuration.device = device }
                if let threads { configuration.threads = threads }
            }
        }
    }

    private func table(_ summary: RunSummary) -> String {
        var table = TextTable(columns: ["measure", "mean", "deviation"])
        for (name, spread) in summary.measures.sorted(by: { $0.key < $1.key }) {
            table.append([
                name, significant(spread.mean, 5),
                significant(spread.deviation, 3),
            ])
        }
        return table.text
    }
}
