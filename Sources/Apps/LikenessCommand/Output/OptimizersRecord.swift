import Evaluation
import Foundation
import LikenessSupport
import Metaheuristics
import Tuning

/// How optimizers do on functions with known minima.
struct OptimizersRecord {
    /// The least values that an optimizer found, over the runs.
    struct Result {
        var optimizer: OptimizerKind
        var summary: RunSummary
        /// Its place among the optimizers by the median, 1 being the best; equal ones share the mean of theirs.
        var rank: Double
        /// What else was measured, the mean over the runs.
        var told: [String: Double]
    }

    struct Function {
        var function: String
        var results: [Result]
        fileprivate var isCentered: Bool

        init(_ measured: OptimizerComparison.Function) {
            (function, isCentered) = (measured.name, measured.isCentered)
            results = measured.results.map {
                Result(optimizer: $0.optimizer, summary: $0.summary, rank: $0.rank, told: $0.told)
            }
        }
    }

    /// An optimizer over all functions.
    struct Overall {
        var optimizer: OptimizerKind
        /// The mean of its ranks over the functions with the minimum in the origin; `nil` where there are none.
        var meanRankCentered: Double?
        /// The mean of its ranks over those with the minimum elsewhere: what counts.
        var meanRankShifted: Double
        /// On how many of these it does not differ from the best one by the rank-sum test, at p 0.05 after Holm.
        var notWorse: Int
        /// The means that it found, over the functions with the minimum elsewhere: of several folds, what they have in
        /// common.
        var means: RunSummary
        /// What else was measured, over the same functions.
        var told: [String: RunSummary]
    }

    var dimension: Int
    var evaluations: Int
    var population: Int
    var runs: Int
    var functions: [Function]
    var overall: [Overall]

    init(
        dimension: Int, evaluations: Int, population: Int, runs: Int, _ functions: [OptimizerComparison.Function],
        overall: [OptimizerComparison.Overall]
    ) {
        (self.dimension, self.evaluations) = (dimension, evaluations)
        (self.population, self.runs) = (population, runs)
        self.functions = functions.map(Function.init)
        self.overall = overall.map {
            Overall(
                optimizer: $0.optimizer, meanRankCentered: $0.meanRankCentered, meanRankShifted: $0.meanRankShifted,
                notWorse: $0.notWorse, means: $0.means, told: $0.told)
        }
    }

    /// For people.
    var table: String {
        // What is measured differs in its last digits, functions by powers of ten.
        let isPower = functions.contains(where: \.isCentered)
        func short(_ value: Double?) -> String { value.map { isPower ? scientific($0, 2) : decimal($0, 5) } ?? "-" }
        var text = "\(runs) runs of \(evaluations) evaluations, \(dimension) variables, populations of \(population)\n"
        for function in functions {
            var table = TextTable(columns: [function.function, "best", "worst", "mean", "median", "std", "rank"])
            for result in function.results {
                let summary = result.summary
                table.append([
                    result.optimizer.rawValue, short(summary.best), short(summary.worst), short(summary.mean),
                    short(summary.median), short(summary.standardDeviation), decimal(result.rank, 1),
                ])
            }
            text += table.text
        }
        let shifted = functions.count { !$0.isCentered }
        let told = overall.first?.told.keys.sorted() ?? []
        var table = TextTable(
            columns: ["", "mean rank, shifted", "mean rank, centered", "not worse than the best"] + told)
        for entry in overall {
            let figures = told.map { name in entry.told[name].map { significant($0.mean, 4) } ?? "-" }
            table.append(
                [
                    entry.optimizer.rawValue, decimal(entry.meanRankShifted, 2),
                    decimal(entry.meanRankCentered, 2),
                    "\(entry.notWorse) of \(shifted)\(shifted < functions.count ? " shifted" : "")",
                ] + figures)
        }
        return text + table.text
    }

    /// A row for each optimizer on each function.
    var rows: [[String]] {
        [["function", "optimizer", "best", "worst", "mean", "median", "std", "rank"]]
            + functions.flatMap { function in
                function.results.map { result in
                    let summary = result.summary
                    return [
                        function.function, result.optimizer.rawValue, "\(summary.best)", "\(summary.worst)",
                        "\(summary.mean)", "\(summary.median)", "\(summary.standardDeviation ?? 0)", "\(result.rank)",
                    ]
                }
            }
    }
}
