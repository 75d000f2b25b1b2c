public import ArgumentParser
import Evaluation
import Foundation
public import Metaheuristics
import Plots

extension OptimizerKind: ExpressibleByArgument {}
extension TestFunction.Shape: ExpressibleByArgument {}

/// `likeness evaluate optimizers`
struct EvaluateOptimizers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimizers",
        abstract: "Compare optimizers on functions with known minima, at equal numbers of evaluations.",
        discussion: """
            Every optimizer runs as often, with the seeds 1, 2, …, on every function; the least value found counts, and \
            0 is the least there is. Each function is there twice: with its minimum in the origin of the coordinates, \
            where some optimizers go by themselves, and away from it. "Not worse" is by the rank-sum test against the one with \
            the least median, at p 0.05 after Holm's correction.
            """)

    @Option(help: "An optimizer; may be repeated. (default: all)")
    var optimizer: [OptimizerKind] = []

    @Option(help: "A function; may be repeated. (default: all)")
    var function: [TestFunction.Shape] = []

    @Option(help: "How many variables the functions have.")
    var dimension = 3

    @Option(help: "How many evaluations a run has.")
    var evaluations = 500

    @Option(help: "How many members a population has.")
    var population = 10

    @Option(help: "How many runs of each optimizer on each function.")
    var runs = 30

    @Option(help: ArgumentHelp("Draw how the least value falls, an SVG file for each function.", valueName: "folder"))
    var curves: String?

    @Flag(name: .shortAndLong, help: "No progress on the standard error.") var quiet = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if dimension < 2 { throw ValidationError("--dimension is 2 or more") }
        if population < 2 { throw ValidationError("--population is 2 or more") }
        if runs < 2 { throw ValidationError("--runs is 2 or more: one run says nothing") }
        if evaluations < population { throw ValidationError("--evaluations is --population or more") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(output, hasCSV: true)
        let folder = try curves.map { try OutputFolder($0) }
        let kinds = optimizer.isEmpty ? OptimizerKind.allCases : optimizer
        let shapes = function.isEmpty ? TestFunction.Shape.allCases : function
        let functions = shapes.flatMap { shape in
            [false, true].map { TestFunction(shape, dimension: dimension, isShifted: $0) }
        }
        let progress = Progress(total: functions.count * kinds.count, unit: "searches of all runs", quiet: quiet)
        defer { progress.finish() }
        var measured: [OptimizersRecord.Function] = []
        for function in functions {
            var found: [[[Double]]] = []
            for kind in kinds {
                found.append(try await curves(kind, on: function))
                progress.advance()
            }
            try folder?.write(plot(function, kinds, found), named: function.name)
            measured.append(
                try OptimizersRecord.Function(function, kinds, found.map { runs in runs.map { $0.last ?? .infinity } }))
        }
        let record = try OptimizersRecord(
            dimension: dimension, evaluations: evaluations, population: population, runs: runs, functions: measured)
        progress.finish()
        try writer.write(record, table: record.table, csv: record.rows)
    }

    /// The least values so far of all runs of an optimizer on a function; as many run at once as there are cores.
    private func curves(_ kind: OptimizerKind, on function: TestFunction) async throws -> [[Double]] {
        let space = try function.space
        return try await withThrowingTaskGroup(of: (Int, [Double]).self) { group in
            for run in 1...runs {
                let search = try Search(
                    space, by: kind, budget: evaluations, population: population, seed: UInt64(run))
                group.addTask { (run, try await search.run { function.value($0) }.convergence) }
            }
            var found: [Int: [Double]] = [:]
            for try await (run, curve) in group { found[run] = curve }
            return (1...runs).compactMap { found[$0] }
        }
    }

    /// The median over the runs of the least value so far.
    private func plot(_ function: TestFunction, _ kinds: [OptimizerKind], _ found: [[[Double]]]) -> Plot {
        let series = zip(kinds, found).map { kind, curves in
            let points = (0..<evaluations).map { step in
                let values = curves.map { $0[step] }.sorted()
                // What is nothing has no logarithm.
                return Plot.Point(Double(step + 1), max(values[values.count / 2], 1e-16))
            }
            return Plot.Series(kind.rawValue, points).thinned()
        }
        return Plot(
            "\(function.name), \(dimension) variables, median of \(runs) runs",
            horizontal: Axis("evaluations", fitting: [0, Double(evaluations)]),
            vertical: Axis("least value", scale: .logarithmic, fitting: series.flatMap { $0.points.map(\.y) }),
            series: series)
    }
}

extension TestFunction {
    /// Its name with where its minimum is.
    var name: String { shape.rawValue + (isShifted ? "-shifted" : "") }
}

extension OutputFolder {
    fileprivate func write(_ plot: Plot, named name: String) throws {
        try write(Data(plot.svg().utf8), named: "\(name).svg")
    }
}
