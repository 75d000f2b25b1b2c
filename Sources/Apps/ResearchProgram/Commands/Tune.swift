public import ArgumentParser
import FaceTraining
import Foundation
import LikenessCommand
import LikenessRecords
import Metaheuristics
import Plots
import Recognition
import Tensors
import Training
import Tuning

extension ValidationSettings.Goal: ExpressibleByArgument {}

/// `likeness tune`
struct Tune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: ResearchCommands.abstract(of: "tune"),
        discussion: """
            Each evaluation trains the network with other values of the variables and measures it on the validation \
            people. The cost is the reciprocal of the measure, or the measure itself with --goal smallest. Every \
            evaluation is saved: to resume an interrupted search, run the same command again. At the end, the network \
            is trained with the best values; its run.json and weights are in the folder.

            Without --variable, the variables are the three that were tuned for DS-AEAN (the dual-scale attention network for masked \
            faces): hidden neurons from 5 to 225, \
            epochs from 5 to 50, and steps per epoch from 5 to 250. The forms of a range are:
              --variable settings.neurons=5...225      whole numbers
              --variable optimizer.weightDecay=0...0.1 real numbers
              --variable schedule.rate=log:1e-4...1e-2 real numbers on a logarithmic scale
              --variable settings.miner=semiHard|hard  one of several words

            Several optimizers and seeds are compared with equal numbers of evaluations. cma-es is the default because \
            it was the best of ten on test functions ('likeness evaluate optimizers'). eaoa is the enhanced addax \
            optimization algorithm, which was proposed together with DS-AEAN.
            """)

    @Option(name: .long, help: ArgumentHelp("The configuration of the run: a JSON file.", valueName: "file"))
    var config: String

    @Option(
        name: [.customLong("optimizer"), .customLong("optimiser")],
        help: ArgumentHelp("An optimizer; may be repeated. (default: cma-es)", valueName: "name"))
    var optimizer: [OptimizerKind] = []

    @Option(
        help: ArgumentHelp(
            """
            A field of the configuration and its range; may be repeated.
            """, valueName: "field=range"))
    var variable: [String] = []

    @Option(help: "The number of evaluations per search.") var evaluations = 60
    @Option(help: "The size of an optimizer's population.") var population = 10

    @Option(name: .customLong("seed"), help: "The seed of a search; may be repeated. (default: 1)")
    var seeds: [UInt64] = []

    @Option(help: "The measure to optimize. (default: validation.measure of the configuration, or accuracy)")
    var measure: String?

    @Option(help: "The best value of the measure: the largest or the smallest.")
    var goal: ValidationSettings.Goal = .largest

    @Option(
        name: .customLong("out"),
        help: ArgumentHelp("The folder of the searches. (default: runs/CONFIGURATION-tuned)", valueName: "folder"))
    var folder: String?

    @Flag(help: "Delete the searches in the folder, and start again.") var fresh = false
    @Flag(name: .shortAndLong, help: "Print no progress to the standard error.") var quiet = false
    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        guard (2...10_000).contains(population) else { throw ValidationError("--population must be from 2 to 10000") }
        guard evaluations <= 1_000_000 else { throw ValidationError("--evaluations must be at most 1000000") }
        if evaluations < population { throw ValidationError("--evaluations must be at least --population") }
        if Set(seeds).count < seeds.count { throw ValidationError("--seed names a seed twice") }
        if Set(optimizer).count < optimizer.count { throw ValidationError("--optimizer names an optimizer twice") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.tune() }
    }

    private func tune() async throws {
        let inputs = InputFiles([config])
        let writer = try SingleWriter(output, hasCSV: true, keeping: inputs)
        let data = try ReadFile.contents(config)
        let (configuration, file) = try ReadFile.naming(config) { (try RunConfiguration(data), try RunFile(data)) }
        let named = try variable.map { try TunedField($0) }
        for field in named { try field.check(in: file, tasks: TaskRegistry.tasks) }
        let name = URL(filePath: config).deletingPathExtension().lastPathComponent
        let target = folder ?? "runs/\(name)-tuned"
        for file in ["tuning.json", "curves.svg"] { try inputs.check("\(target)/\(file)") }
        let place = try OutputFolder(target)
        let lock = try RunLock(place.directory)
        defer { withExtendedLifetime(lock) {} }
        let kinds = optimizer.isEmpty ? [.cmaes] : optimizer
        let chosen = seeds.isEmpty ? [1] : seeds
        try TrainingEngine.open(library: Installation.locateTrainingEngine())
        let isQuiet = quiet
        let task = try await PreparedTask(configuration, tasks: TaskRegistry.tasks) {
            if !isQuiet { Terminal.note($0) }
        }
        let fields =
            named.isEmpty ? try TunedField.usual(task: configuration.task, fields: task.numericFields) : named
        let tuner = try Tuner(
            file, task, fields: fields,
            measure: measure ?? configuration.validation.measure ?? "accuracy", goal: goal, folder: place.directory)
        let progress = BatchProgress(
            total: kinds.count * chosen.count * evaluations, unit: "evaluations", quiet: quiet)
        defer { progress.finish() }
        var outcomes: [Tuner.Outcome] = []
        for kind in kinds {
            for seed in chosen {
                if fresh { try place.remove("\(kind.rawValue)-\(seed)") }
                outcomes.append(try await search(tuner, kind, seed, progress))
            }
        }
        progress.finish()
        let searches = try TunedOptimizers(outcomes)
        let record = TuningRecord(searches, fields: fields, evaluations: evaluations, population: population)
        try place.write(SingleWriter.json(record), named: "tuning.json")
        try place.write(Data(searches.plot(evaluations: evaluations).svg().utf8), named: "curves.svg")
        try writer.write(record, table: record.table, csv: record.rows)
    }

    private func search(
        _ tuner: Tuner, _ kind: OptimizerKind, _ seed: UInt64, _ progress: BatchProgress
    ) async throws -> Tuner.Outcome {
        let stop = StopSign()
        return try await withTaskCancellationHandler {
            try await tuner.search(
                kind, budget: evaluations, population: population, seed: seed,
                report: { evaluation in
                    if let failure = evaluation.failure {
                        Terminal.note("\(kind.rawValue), evaluation \(evaluation.number): \(failure)")
                    }
                    progress.advance(failed: evaluation.cost == nil)
                }, shouldStop: { stop.isUp })
        } onCancel: {
            stop.raise()
        }
    }
}
