import Evaluation
import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport

/// The results of one or more models on a list of pairs, for programs and people.
struct PairsRecord: Encodable {
    /// A comparison of two models on the same pairs.
    typealias Contrast = NamedContrast<SystemContrast>

    /// The result of one model.
    struct Model {
        var conditions: Conditions
        var report: PairsReport
        /// The test of the model's card on these pairs.
        var card: CardReport?
    }

    /// The results, in the order of the models.
    var models: [Model]
    /// The comparisons of the first model with each other one.
    var comparisons: [Contrast]

    /// Encodes a single model as an object, and several models as a list.
    func encode(to encoder: any Encoder) throws {
        if let only = models.first, models.count == 1 {
            try PairsEvaluationRecord(only).encode(to: encoder)
        } else {
            try PairsComparisonRecord(self).encode(to: encoder)
        }
    }

    /// The result as text for people: the figures of one model in lines, those of several models in columns.
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
        row("pictures without a face") { "\($0.failedImages)" }
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
            var table = TextTable(columns: ["FMR", "only \(first) is right", "only \(second) is right", "p", "mid-p"])
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

    /// Returns a model's name without the identity of its weights.
    private static func name(_ model: String) -> String { String(model.prefix { $0 != "@" }) }
}
