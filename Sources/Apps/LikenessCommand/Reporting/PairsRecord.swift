import Evaluation
import Foundation
import LikenessRecords
import LikenessSupport

/// The figures of a list of pairs, of one model or of several: for programs and people.
struct PairsRecord: Encodable {
    /// Two models on the same pairs.
    typealias Contrast = NamedContrast<SystemContrast>

    /// What one model says of the pairs.
    struct Model {
        var conditions: Conditions
        var report: PairsReport
        /// What the model's card promised, against these pairs.
        var card: CardReport?
    }

    /// By model, the first one first.
    var models: [Model]
    /// The first model with each other one.
    var comparisons: [Contrast]

    /// One model is an object of its own; several are in a list.
    func encode(to encoder: any Encoder) throws {
        if let only = models.first, models.count == 1 {
            try PairsEvaluationRecord(only).encode(to: encoder)
        } else {
            try PairsComparisonRecord(self).encode(to: encoder)
        }
    }

    /// For people: one model's figures a line each, several models' beside each other.
    var table: String {
        if let only = models.first, models.count == 1 {
            return only.conditions.text + only.report.table + (only.card?.table ?? "")
        }
        return models.map(\.conditions.text).joined() + figures.text + comparisons.map(Self.text).joined()
    }

    private var figures: TextTable {
        var table = TextTable(columns: ["figure"] + models.map { Self.name($0.conditions.model) })
        func row(_ name: String, _ value: (PairsReport) -> String) {
            table.append([name] + models.map { value($0.report) })
        }
        row("accuracy %") { report in
            report.accuracy.map { "\(decimal(100 * $0.mean, 2)) ± \(decimal(100 * $0.standardError, 2))" } ?? "-"
        }
        row("AUC") { decimal($0.auc, 5) }
        row("EER %") { decimal(100 * $0.eer, 2) }
        for index in models.first?.report.tar.indices ?? 0..<0 {
            let rate = significant(models[0].report.tar[index].falseMatchRate)
            row("TAR % at FMR \(rate)") { report in
                let tar = report.tar[index]
                return "\(decimal(100 * tar.value, 2)) (\(decimal(100 * tar.low, 2)) to \(decimal(100 * tar.high, 2)))"
            }
        }
        row("failed pictures") { "\($0.failedImages)" }
        return table
    }

    private static func text(_ entry: Contrast) -> String {
        let (first, second) = (name(entry.first), name(entry.second))
        var text = ""
        if !entry.contrast.differences.isEmpty {
            var table = TextTable(columns: ["\(second) - \(first)", "difference", "low", "high", "p"])
            for difference in entry.contrast.differences {
                let values = [difference.difference, difference.interval.low, difference.interval.high, difference.p]
                table.append([difference.statistic] + values.map { decimal($0, 5) })
            }
            text += "\n" + table.text
        }
        if !entry.contrast.decisions.isEmpty {
            var table = TextTable(columns: ["FMR", "only \(first) right", "only \(second) right", "p", "mid-p"])
            for decision in entry.contrast.decisions {
                let test = decision.mcNemar
                table.append([
                    significant(decision.falseMatchRate), "\(test.onlyFirstRight)",
                    "\(test.onlySecondRight)", decimal(test.exactP, 5), decimal(test.midP, 5),
                ])
            }
            text += "\n" + table.text
        }
        return text
    }

    /// A model without its weights.
    private static func name(_ model: String) -> String { String(model.prefix { $0 != "@" }) }
}
