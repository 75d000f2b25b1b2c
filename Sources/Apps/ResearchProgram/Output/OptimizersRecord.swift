import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport
import Metaheuristics
import Tuning

/// The result of a comparison of optimizers.
struct OptimizersRecord {
    /// The lowest values that an optimizer found on a function, over the runs.
    struct Result {
        var optimizer: OptimizerKind
        var summary: RunSummary
        /// The rank of the optimizer by its median; 1 is the best. Optimizers with equal medians share the mean rank.
        var rank: Double
        /// The other measurements, as means over the runs.
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

    /// The result of an optimizer over all functions.
    struct Overall {
        var optimizer: OptimizerKind
        /// The mean rank over the functions with the minimum at the origin; `nil` if there are none.
        var meanRankCentered: Double?
        /// The mean rank over the functions with a shifted minimum. This is the fair comparison.
        var meanRankShifted: Double
        /// The number of shifted functions on which it does not differ significantly from the best optimizer: rank-sum
        /// test, p = 0.05 after Holm's correction.
        var notWorse: Int
        /// The summary of its mean values over the shifted functions, such as over several folds.
        var means: RunSummary
        /// The other measurements, over the same functions.
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

    /// The result as text for people.
    var table: String {
        // Measured costs differ in their last digits, test functions by powers of ten.
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
