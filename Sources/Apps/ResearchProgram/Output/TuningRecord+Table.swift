import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport

extension TuningRecord {
    /// The result as text for people.
    var table: String {
        var found = TextTable(columns: ["optimizer", "seed", "cost", "found at", "seconds"] + fields)
        for search in searches {
            found.append(
                [
                    search.optimizer, "\(search.seed)", decimal(search.cost, 5),
                    "\(search.foundAt) of \(evaluations)", decimal(search.seconds, 0),
                ] + fields.map { search.best[$0]?.text ?? "-" })
        }
        guard searches.count > overall.count else { return found.text + measures }
        var summary = TextTable(columns: ["cost over the seeds", "best", "worst", "mean", "median", "std", "seconds"])
        for entry in overall {
            let cost = entry.cost
            let figures = [cost.best, cost.worst, cost.mean, cost.median].map { decimal($0, 5) }
            summary.append(
                [entry.optimizer] + figures
                    + [
                        decimal(cost.standardDeviation, 5),
                        decimal(entry.meanSeconds, 0),
                    ])
        }
        return found.text + summary.text + measures
    }

    /// A table of the measures of the networks that were trained with the best values.
    private var measures: String {
        let names = (overall.first?.measures.keys).map { $0.sorted() } ?? []
        var table = TextTable(columns: ["trained with the best values"] + names)
        for entry in overall {
            table.append(
                [entry.optimizer] + names.map { decimal(entry.measures[$0] ?? .nan, 4) })
        }
        return table.text
    }

    /// A row for each search.
    var rows: [[String]] {
        let names = (searches.first?.measures.keys).map { $0.sorted() } ?? []
        return [["optimizer", "seed", "cost", "foundAt", "failed", "seconds"] + fields + names]
            + searches.map { search in
                [
                    search.optimizer, "\(search.seed)", "\(search.cost)", "\(search.foundAt)",
                    "\(search.failed)", "\(search.seconds)",
                ] + fields.map { search.best[$0]?.text ?? "" }
                    + names.map { name in search.measures[name].map { "\($0)" } ?? "" }
            }
    }
}

extension SettingRecord {
    /// The value as text.
    fileprivate var text: String {
        switch self {
        case .real(let number): significant(number, 5)
        case .integer(let number): "\(number)"
        case .name(let name): name
        }
    }
}
