import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport

/// The result of verification with several protocols, for programs and people.
struct ResamplingRecord {
    /// The result of one protocol.
    struct Entry {
        var kind: ResamplingKind
        var folds: Int?
        var testShare: Double?
        var result: ResampledVerification

        /// The summaries over all runs, with their names.
        var summaries: [(name: String, summary: RunSummary)] {
            [("accuracy", result.accuracy)] + result.measures.map { ($0.name, $0.summary) }
                + [("AUC", result.areaUnderCurve)]
        }
    }

    var people: Int
    /// The number of pictures with a face.
    var pictures: Int
    /// The number of pictures without a face or unreadable; they are in no pair.
    var failedImages: Int
    var seeds: UInt64
    var protocols: [Entry]

    var table: String {
        var table = TextTable(columns: [
            "protocol", "runs", "measure", "mean %", "sd", "95 % interval of the mean", "worst", "best",
        ])
        for entry in protocols {
            for (name, summary) in entry.summaries {
                let interval = summary.interval.map {
                    "\(decimal(100 * $0.low, 2)) to \(decimal(100 * $0.high, 2))"
                }
                table.append([
                    entry.kind.rawValue, "\(summary.runs)", name, decimal(100 * summary.mean, 2),
                    decimal(summary.standardDeviation.map { 100 * $0 }, 2), interval ?? "-",
                    decimal(100 * summary.worst, 2),
                    decimal(100 * summary.best, 2),
                ])
            }
        }
        return """
            \(counted(pictures, "picture")) of \(counted(people, "person", "people")), \(failedImages) without a face \
            or unreadable left out; \(counted(Int(clamping: seeds), "seed"))

            """ + table.text
    }

    /// A heading and a row for each run.
    var rows: [[String]] {
        [
            [
                "protocol", "run", "seed", "threshold", "pairs", "accuracy", "precision", "recall",
                "specificity", "f1", "auc",
            ]
        ]
            + protocols.flatMap { entry in
                entry.result.runs.enumerated().map { index, run in
                    let counts = run.counts
                    let ratios = [
                        counts.accuracy, counts.precision, counts.recall, counts.specificity, counts.f1,
                    ]
                    return [
                        entry.kind.rawValue, "\(index + 1)", "\(run.seed)", "\(run.threshold)",
                        "\(counts.total)",
                    ]
                        + ratios.map { $0.map { "\($0)" } ?? "" } + ["\(run.areaUnderCurve)"]
                }
            }
    }
}
