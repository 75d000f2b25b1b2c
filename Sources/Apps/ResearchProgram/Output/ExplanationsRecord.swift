import Evaluation
import Explanations
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements

/// The result of `evaluate explanations`.
struct ExplanationsRecord {
    struct FailedPair {
        var imageA: String
        var imageB: String
        var reason: String
    }

    var method: String
    var fill: String
    var share: Float
    var draws: Int
    /// Whether the maps mark parts that matter: hiding these reduces the similarity more than hiding random parts.
    var holds: Bool
    /// The median time for a map.
    var secondsPerMap: Double
    /// The number of embeddings that are computed for a map.
    var embeddingsPerMap: Int
    var failures: [FailedPair]
    var report: TruthReport

    /// The result as text for people.
    var table: String {
        func number(_ value: Double, _ digits: Int = 4) -> String { decimal(Float(value), digits) }
        func percent(_ value: Double) -> String { decimal(Float(value * 100), 0) }
        var table = TextTable(columns: [
            "fill", "loss by the map", "control", "loss by the control", "difference", "95 % from", "to", "map wins %",
        ])
        for hidden in report.hidden {
            for control in hidden.controls {
                table.append([
                    hidden.fill.rawValue, number(hidden.loss), control.control.name, number(control.loss),
                    number(control.difference), number(control.interval.low), number(control.interval.high),
                    percent(control.wins),
                ])
            }
        }
        let deletion = report.deletion
        return
            "method \(method), fill \(fill); \(percent(Double(share))) % of the face hidden; "
            + "\(counted(report.faces, "mated pair")) of \(counted(report.people, "person", "people")), "
            + "mean similarity \(number(report.similarity, 3))\n"
            + table.text
            + "deletion (fill \(deletion.fill.rawValue)): area under the curve "
            + "\(number(deletion.map)) in the map's order, "
            + "\(number(deletion.random)) in random order, 95 % interval of the difference "
            + "\(number(deletion.interval.low)) to \(number(deletion.interval.high))\n"
            + "\(number(secondsPerMap, 2)) s per map (median, \(embeddingsPerMap) embeddings)\n"
            + (holds
                ? "confirmed: hiding marked parts reduces the similarity more than hiding random parts\n"
                : "not confirmed: hiding marked parts may reduce the similarity no more than hiding random parts\n")
            + failures.map { "\($0.imageA), \($0.imageB): \($0.reason)\n" }.joined()
    }
}

extension TruthControl {
    /// The control in words.
    fileprivate var name: String {
        switch self {
        case .cells: "random cells"
        case .blobs: "random blobs"
        case .otherFace: "the map of another face"
        }
    }
}
