import Evaluation
import Foundation
import LikenessCommand
import LikenessRecords

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
            report.accuracy.map { "\(Self.percent($0.mean)) ± \(Self.percent($0.standardError))" } ?? "-"
        }
        row("AUC") { String(format: "%.5f", $0.auc) }
        row("EER %") { Self.percent($0.eer) }
        for index in models.first?.report.tar.indices ?? 0..<0 {
            let rate = String(format: "%g", models[0].report.tar[index].falseMatchRate)
            row("TAR % at FMR \(rate)") { report in
                let tar = report.tar[index]
                return "\(Self.percent(tar.value)) (\(Self.percent(tar.low)) to \(Self.percent(tar.high)))"
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
                table.append([difference.statistic] + values.map { String(format: "%.5f", $0) })
            }
            text += "\n" + table.text
        }
        if !entry.contrast.decisions.isEmpty {
            var table = TextTable(columns: ["FMR", "only \(first) right", "only \(second) right", "p", "mid-p"])
            for decision in entry.contrast.decisions {
                let test = decision.mcNemar
                table.append([
                    String(format: "%g", decision.falseMatchRate), "\(test.onlyFirstRight)",
                    "\(test.onlySecondRight)", String(format: "%.5f", test.exactP), String(format: "%.5f", test.midP),
                ])
            }
            text += "\n" + table.text
        }
        return text
    }

    /// A model without its weights.
    private static func name(_ model: String) -> String { String(model.prefix { $0 != "@" }) }

    private static func percent(_ share: Double) -> String { String(format: "%.2f", 100 * share) }
}
