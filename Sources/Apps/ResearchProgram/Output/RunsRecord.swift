import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport
import Tuning

/// The result of a comparison of training runs.
struct RunsRecord {
    /// One measure of one run.
    struct Measure {
        var summary: Evaluation.RunSummary
        /// The difference to the reference over the seeds that both have; `nil` for the reference, and for fewer than
        /// two common seeds.
        var difference: PairedRunsTest?
        /// The p-value of the difference, after Holm's correction for the number of runs.
        var correctedP: Double?
    }

    /// The measures of one run.
    struct Run {
        var seeds: [UInt64]
        /// The training time of a seed, in seconds.
        var seconds: Evaluation.RunSummary
        var measures: [String: Measure]
    }

    /// The name of the run with which the others are compared.
    var reference: String
    /// The names of the runs, in the given order.
    var order: [String]
    var overlap: Double
    /// The coverage of the intervals, such as 0.95.
    var level: Double
    var runs: [String: Run]
    private var names: [String]

    init(_ comparison: RunComparison) {
        (reference, order, names) = (comparison.reference, comparison.order, comparison.measures)
        (overlap, level) = (comparison.overlap, comparison.level)
        runs = comparison.runs.mapValues { run in
            Run(
                seeds: run.seeds, seconds: run.seconds,
                measures: run.measures.mapValues {
                    Measure(summary: $0.summary, difference: $0.difference, correctedP: $0.correctedP)
                })
        }
    }

    // MARK: For people

    private static let heading = ["best", "worst", "mean", "median", "std", "low", "high", "difference", "p"]

    /// The result as text for people: a table for each measure, with a row for each run.
    var table: String {
        var text = "differences to \(reference), seed by seed; \(Int((100 * level).rounded())) % intervals\n"
        for name in names {
            var table = TextTable(columns: [name] + Self.heading)
            for run in order { table.append([run] + figures(run, name) { decimal($0, 4) }) }
            text += table.text
        }
        var times = TextTable(columns: ["seconds of training", "mean", "std"])
        for run in order {
            guard let seconds = runs[run]?.seconds else { continue }
            times.append([
                run, decimal(seconds.mean, 0),
                decimal(seconds.standardDeviation, 0),
            ])
        }
        return text + times.text
    }

    /// A row for each run and measure.
    var rows: [[String]] {
        [["run", "measure"] + Self.heading]
            + order.flatMap { run in
                names.map { name in [run, name] + figures(run, name, missing: "") { "\($0)" } }
            }
    }

    private func figures(
        _ run: String, _ name: String, missing: String = "-", _ write: (Double) -> String
    ) -> [String] {
        guard let measure = runs[run]?.measures[name] else { return Self.heading.map { _ in missing } }
        let summary = measure.summary
        let figures: [Double?] = [
            summary.best, summary.worst, summary.mean, summary.median, summary.standardDeviation,
            summary.interval?.low, summary.interval?.high, measure.difference?.difference, measure.correctedP,
        ]
        return figures.map { $0.map(write) ?? missing }
    }
}
