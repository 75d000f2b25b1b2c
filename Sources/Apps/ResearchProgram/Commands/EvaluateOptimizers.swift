public import ArgumentParser
import Foundation
import LikenessCommand
import LikenessRecords
import Metaheuristics
import Plots
import Tuning

extension OptimizerKind: ExpressibleByArgument {}
extension TestFunction.Shape: ExpressibleByArgument {}

/// `likeness evaluate optimizers`
struct EvaluateOptimizers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimizers",
        abstract: "Compare optimizers on test functions or measured costs, with equal numbers of evaluations.",
        discussion: """
            Every optimizer runs the same number of times on every function, with the seeds 1, 2, …. The result of a \
            run is the lowest value that it finds; the minimum of every function is 0. Each function is used twice: \
            with its minimum at the origin, to which some optimizers are biased, and with its minimum shifted. An \
            optimizer is "not worse" if it does not differ significantly from the one with the lowest median (rank-sum \
            test, p = 0.05 after Holm's correction).

            With --table, the optimizers run on a cost that was measured on a grid, such as the cost of training runs \
            by hidden neurons and epochs. The table is a CSV with a column for each variable or product of variables \
            (epochs*stepsPerEpoch), followed by a column named cost. Between the grid points, the cost is \
            interpolated. Columns after the cost are other measurements, such as the accuracy on held-out people; they \
            are reported for the best values found. A column named seconds is summed over a search, to give its \
            duration. Several tables, such as those of several folds, count as several functions.
            """)

    @Option(help: "An optimizer to compare; may be repeated. (default: all)")
    var optimizer: [OptimizerKind] = []

    @Option(help: "A test function; may be repeated. (default: all)")
    var function: [TestFunction.Shape] = []

    @Option(
        name: .customLong("table"),
        help: ArgumentHelp(
            """
            A CSV table of a measured cost, instead of test functions; may be repeated.
            """, valueName: "file"))
    var tables: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            A variable of --table and its range; give one for each variable. 'likeness tune --help' lists the forms of \
            a range.
            """, valueName: "name=range"))
    var variable: [String] = []

    @Option(help: "The number of variables of the test functions.")
    var dimension = 3

    @Option(help: "The number of evaluations per run.")
    var evaluations = 500

    @Option(help: "The size of an optimizer's population.")
    var population = 10

    @Option(help: "The number of runs of each optimizer on each function.")
    var runs = 30

    @Option(
        help: ArgumentHelp(
            """
            Also plot the lowest value by evaluation, as one SVG file per function.
            """, valueName: "folder"))
    var curves: String?

    @Flag(name: .shortAndLong, help: "Print no progress to the standard error.") var quiet = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        guard (2...1000).contains(dimension) else { throw ValidationError("--dimension must be from 2 to 1000") }
        guard (2...10_000).contains(population) else { throw ValidationError("--population must be from 2 to 10000") }
        guard (2...10_000).contains(runs) else { throw ValidationError("--runs must be from 2 to 10000") }
        guard evaluations <= 1_000_000 else { throw ValidationError("--evaluations must be at most 1000000") }
        if tables.isEmpty, !variable.isEmpty { throw ValidationError("--variable needs --table") }
        if !tables.isEmpty, !function.isEmpty { throw ValidationError("--table and --function can't be used together") }
        if evaluations < population { throw ValidationError("--evaluations must be at least --population") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(output, hasCSV: true, keeping: InputFiles(tables))
        let folder = try curves.map { try OutputFolder($0) }
        let kinds = optimizer.isEmpty ? OptimizerKind.allCases : optimizer
        let functions = try functions()
        let progress = BatchProgress(total: functions.count * kinds.count, unit: "searches of all runs", quiet: quiet)
        defer { progress.finish() }
        let comparison = OptimizerComparison(kinds, evaluations: evaluations, population: population, runs: runs)
        var measured: [OptimizerComparison.Function] = []
        for function in functions {
            let found = try await comparison.measure(function) { progress.advance() }
            try folder?.write(found.plot, named: found.name)
            measured.append(found)
        }
        let record = OptimizersRecord(
            dimension: functions.first?.space.count ?? 0, evaluations: evaluations, population: population, runs: runs,
            measured, overall: try comparison.overall(measured))
        progress.finish()
        try writer.write(OptimizersEvaluationRecord(record), table: record.table, csv: record.rows)
    }

    /// Returns the functions to search.
    private func functions() throws -> [SearchedFunction] {
        if !tables.isEmpty {
            return try tables.map { path in
                try SearchedFunction(
                    table: String(decoding: ReadFile.contents(path), as: UTF8.self),
                    name: URL(filePath: path).deletingPathExtension().lastPathComponent, variables: variable)
            }
        }
        let shapes = function.isEmpty ? TestFunction.Shape.allCases : function
        return try shapes.flatMap { shape in
            try [false, true].map {
                try SearchedFunction(TestFunction(shape, dimension: dimension, isShifted: $0))
            }
        }
    }
}

extension OutputFolder {
    fileprivate func write(_ plot: Plot, named name: String) throws {
        try write(Data(plot.svg().utf8), named: "\(name).svg")
    }
}
