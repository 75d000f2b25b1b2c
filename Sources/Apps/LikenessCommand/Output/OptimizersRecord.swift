import Evaluation
import Foundation
import Metaheuristics

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
        fileprivate var values: [[Double]]

        /// - Parameters:
        ///   - isCentered: Whether the least value is in the origin of the coordinates.
        ///   - values: The least values that each optimizer found, one for each run.
        ///   - told: What else is told of each run.
        init(
            _ name: String, isCentered: Bool, _ kinds: [OptimizerKind], _ values: [[Double]],
            told: [[[String: Double]]]
        ) throws {
            function = name
            (self.isCentered, self.values) = (isCentered, values)
            let summaries = try values.map { try RunSummary($0, smallerIsBetter: true) }
            let ranks = RankSumTest.ranks(of: summaries.map(\.median))
            results = kinds.indices.map { index in
                Result(
                    optimizer: kinds[index], summary: summaries[index], rank: ranks[index],
                    told: Self.means(of: told[index]))
            }
        }

        /// The means over the runs of what all of them tell.
        private static func means(of runs: [[String: Double]]) -> [String: Double] {
            var means: [String: Double] = [:]
            for name in runs.first?.keys.sorted() ?? [] {
                let values = runs.compactMap { $0[name] }
                if values.count == runs.count { means[name] = values.reduce(0, +) / Double(values.count) }
            }
            return means
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

    init(dimension: Int, evaluations: Int, population: Int, runs: Int, functions: [Function]) throws {
        self.dimension = dimension
        self.evaluations = evaluations
        self.population = population
        self.runs = runs
        self.functions = functions
        let kinds = functions.first?.results.map(\.optimizer) ?? []
        let shifted = functions.filter { !$0.isCentered }
        let centered = functions.filter(\.isCentered)
        func mean(_ functions: [Function], _ index: Int) -> Double {
            functions.reduce(0) { $0 + $1.results[index].rank } / Double(functions.count)
        }
        let equals = shifted.map(Self.notWorse)
        overall = try kinds.enumerated().map { index, kind in
            let results = shifted.map { $0.results[index] }
            let names = results.first?.told.keys.filter { name in results.allSatisfy { $0.told[name] != nil } } ?? []
            return Overall(
                optimizer: kind, meanRankCentered: centered.isEmpty ? nil : mean(centered, index),
                meanRankShifted: mean(shifted, index),
                notWorse: equals.count { $0[index] },
                means: try RunSummary(results.map(\.summary.mean), smallerIsBetter: true),
                told: try Dictionary(
                    uniqueKeysWithValues: names.map { name in
                        (name, try RunSummary(results.compactMap { $0.told[name] }))
                    }))
        }.sorted { $0.meanRankShifted < $1.meanRankShifted }
    }

    /// Which optimizers do not differ from the one with the least median.
    private static func notWorse(_ function: Function) -> [Bool] {
        guard let best = function.results.indices.min(by: { function.results[$0].rank < function.results[$1].rank })
        else {
            return []
        }
        let p = function.values.map { RankSumTest($0, function.values[best]).p }
        return RankSumTest.holm(p).map { $0 >= 0.05 }
    }

    /// For people.
    var table: String {
        // What is measured differs in its last digits, functions by powers of ten.
        let form = functions.contains(where: \.isCentered) ? "%.2e" : "%.5f"
        func short(_ value: Double?) -> String { value.map { String(format: form, $0) } ?? "-" }
        var text = "\(runs) runs of \(evaluations) evaluations, \(dimension) variables, populations of \(population)\n"
        for function in functions {
            var table = TextTable(columns: [function.function, "best", "worst", "mean", "median", "std", "rank"])
            for result in function.results {
                let summary = result.summary
                table.append([
                    result.optimizer.rawValue, short(summary.best), short(summary.worst), short(summary.mean),
                    short(summary.median), short(summary.standardDeviation), String(format: "%.1f", result.rank),
                ])
            }
            text += table.text
        }
        let shifted = functions.count { !$0.isCentered }
        let told = overall.first?.told.keys.sorted() ?? []
        var table = TextTable(
            columns: ["", "mean rank, shifted", "mean rank, centered", "not worse than the best"] + told)
        for entry in overall {
            let figures = told.map { name in entry.told[name].map { String(format: "%.4g", $0.mean) } ?? "-" }
            table.append(
                [
                    entry.optimizer.rawValue, String(format: "%.2f", entry.meanRankShifted),
                    entry.meanRankCentered.map { String(format: "%.2f", $0) } ?? "-",
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
