import Evaluation
import Foundation
import Metaheuristics
import Tuning

/// What searches of a run's numbers found.
struct TuningRecord: Encodable {
    /// One search.
    struct Search: Encodable {
        var optimizer: OptimizerKind
        var seed: UInt64
        /// The best numbers, by the fields' dotted paths.
        var best: [String: SearchValue]
        var cost: Double
        /// The number of the evaluation that found them, from 1.
        var foundAt: Int
        var failed: Int
        var seconds: Double
        /// What the best one's training measured.
        var measures: [String: Double]
        /// The least cost so far, after each evaluation; `nil` before the first that has a cost.
        var convergence: [Double?]
    }

    /// An optimizer over its seeds.
    struct Overall: Encodable {
        var optimizer: OptimizerKind
        /// The least costs.
        var cost: Evaluation.RunSummary
        var meanSeconds: Double
        /// Means over the seeds.
        var measures: [String: Double]
    }

    var fields: [String]
    var evaluations: Int
    var population: Int
    var searches: [Search]
    var overall: [Overall]

    init(_ tuned: TunedOptimizers, fields: [TunedField], evaluations: Int, population: Int) {
        self.fields = fields.map(\.variable.name)
        (self.evaluations, self.population) = (evaluations, population)
        searches = tuned.outcomes.map { outcome in
            Search(
                optimizer: outcome.optimizer, seed: outcome.seed, best: outcome.best.values,
                cost: outcome.best.cost ?? .infinity, foundAt: outcome.best.number,
                failed: outcome.result.evaluations.count { $0.cost == nil }, seconds: outcome.seconds,
                measures: outcome.measures, convergence: outcome.result.convergence.map { $0.isFinite ? $0 : nil })
        }
        overall = tuned.overall.map {
            Overall(optimizer: $0.optimizer, cost: $0.cost, meanSeconds: $0.meanSeconds, measures: $0.measures)
        }
    }

    /// For people.
    var table: String {
        var found = TextTable(columns: ["optimizer", "seed", "cost", "found at", "seconds"] + fields)
        for search in searches {
            found.append(
                [
                    search.optimizer.rawValue, "\(search.seed)", String(format: "%.5f", search.cost),
                    "\(search.foundAt) of \(evaluations)", String(format: "%.0f", search.seconds),
                ] + fields.map { search.best[$0]?.text ?? "-" })
        }
        guard searches.count > overall.count else { return found.text + measures }
        var summary = TextTable(columns: ["cost over the seeds", "best", "worst", "mean", "median", "std", "seconds"])
        for entry in overall {
            let cost = entry.cost
            let figures = [cost.best, cost.worst, cost.mean, cost.median].map { String(format: "%.5f", $0) }
            summary.append(
                [entry.optimizer.rawValue] + figures
                    + [
                        cost.standardDeviation.map { String(format: "%.5f", $0) } ?? "-",
                        String(format: "%.0f", entry.meanSeconds),
                    ])
        }
        return found.text + summary.text + measures
    }

    /// What the best numbers' training measured.
    private var measures: String {
        let names = (overall.first?.measures.keys).map { $0.sorted() } ?? []
        var table = TextTable(columns: ["the best, trained"] + names)
        for entry in overall {
            table.append(
                [entry.optimizer.rawValue] + names.map { String(format: "%.4f", entry.measures[$0] ?? .nan) })
        }
        return table.text
    }

    /// A row for each search.
    var rows: [[String]] {
        let names = (searches.first?.measures.keys).map { $0.sorted() } ?? []
        return [["optimizer", "seed", "cost", "foundAt", "failed", "seconds"] + fields + names]
            + searches.map { search in
                [
                    search.optimizer.rawValue, "\(search.seed)", "\(search.cost)", "\(search.foundAt)",
                    "\(search.failed)", "\(search.seconds)",
                ] + fields.map { search.best[$0]?.text ?? "" }
                    + names.map { name in search.measures[name].map { "\($0)" } ?? "" }
            }
    }
}

extension SearchValue {
    /// As it would be typed.
    fileprivate var text: String {
        switch self {
        case .real(let number): String(format: "%.5g", number)
        case .integer(let number): "\(number)"
        case .category(let name): name
        }
    }
}
