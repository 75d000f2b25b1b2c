public import ArgumentParser
import FaceTraining
import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport
import Recognition
import Synchronization
import Tensors
import Training

extension Device: ExpressibleByArgument {}

/// `likeness train`
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: ResearchCommands.abstract(of: "train"),
        discussion: """
            The folder of the run contains a copy of the configuration and, for each seed, checkpoints, metrics.jsonl \
            and curves.svg. At the end, weights and result.json are added for each seed; summary.json has means and \
            standard deviations over the seeds. To resume an interrupted run from its last complete checkpoint, run \
            the same command again.

            TASKS:
            \(TaskRegistry.tasks.map { "  \($0.name)\n\(lines(of: $0.summary, indentedBy: 6))" }.joined(separator: "\n"))
            """)

    @Option(name: .long, help: ArgumentHelp("The configuration of the run: a JSON file.", valueName: "file"))
    var config: String

    @Option(
        name: .customLong("out"),
        help: ArgumentHelp(
            """
            The folder of the run. (default: runs/ followed by the configuration's name)
            """, valueName: "folder"))
    var folder: String?

    @Flag(help: "Resume the run in the folder; fail if there is none.")
    var resume = false

    @Flag(help: "Delete the run in the folder, and start again.")
    var fresh = false

    @Option(help: "The device: cpu or cuda. It overrides the configuration.")
    var device: Device?

    @Option(help: "The number of threads per operation. It overrides the configuration.")
    var threads: Int?

    @Flag(name: .shortAndLong, help: "Print no progress and no remarks to the standard error.")
    var quiet = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if resume, fresh { throw ValidationError("--resume and --fresh can't be used together") }
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads must be from 1 to 1024") }
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

    /// Returns the run. Its configuration is checked first, before anything is opened or written.
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
