import Evaluation
import Explanations
import Foundation
import LikenessSupport

/// What `evaluate explanations` prints.
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
    /// Whether maps are true.
    var holds: Bool
    /// The middle one of the maps' times.
    var secondsPerMap: Double
    /// How often the embedder runs for a map.
    var embeddingsPerMap: Int
    var failures: [FailedPair]
    var report: TruthReport

    /// For people.
    var table: String {
        func number(_ value: Double, _ digits: Int = 4) -> String { decimal(Float(value), digits) }
        func percent(_ value: Double) -> String { decimal(Float(value * 100), 0) }
        var table = TextTable(columns: [
            "hidden by", "map", "control", "its loss", "difference", "95 % from", "to", "wins %",
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
            "maps by \(method), \(fill); \(percent(Double(share))) % of the face hidden; \(counted(report.faces, "mated pair")) of "
            + "\(counted(report.people, "person", "people")), mean similarity \(number(report.similarity, 3))\n"
            + table.text
            + "deletion (\(deletion.fill.rawValue)): area \(number(deletion.map)) in the map's order, "
            + "\(number(deletion.random)) in a random one, 95 % of the difference \(number(deletion.interval.low)) to "
            + "\(number(deletion.interval.high))\n"
            + "\(number(secondsPerMap, 2)) s a map (median, \(embeddingsPerMap) embeddings)\n"
            + (holds
                ? "true: hiding what maps call important loses more than hiding anything random\n"
                : "not shown to be true\n")
            + failures.map { "\($0.imageA), \($0.imageB): \($0.reason)\n" }.joined()
    }
}

extension TruthControl {
    /// In words.
    fileprivate var name: String {
        switch self {
        case .cells: "random cells"
        case .blobs: "random blobs"
        case .otherFace: "another's map"
        }
    }
}
