import Evaluation
import Foundation
import Training

/// Training runs beside each other.
struct RunsRecord {
    /// A measure of one run.
    struct Measure {
        var summary: Evaluation.RunSummary
        /// The difference to the reference over the seeds that both have; `nil` for itself, and of fewer than two seeds.
        var difference: PairedRunsTest?
        /// The difference's p after Holm's correction for the number of runs.
        var correctedP: Double?
    }

    /// One run.
    struct Run {
        var seeds: [UInt64]
        /// How long a seed's steps took.
        var seconds: Evaluation.RunSummary
        var measures: [String: Measure]
        /// How many seeds it shares with the reference.
        fileprivate(set) var shared: Int
    }

    /// The run that the others are compared with.
    var reference: String
    /// The runs' names in their order.
    var order: [String]
    var overlap: Double
    /// The intervals' coverage.
    var level = BinomialInterval.usualLevel
    var runs: [String: Run]
    private var names: [String]

    /// - Parameters:
    ///   - measures: Those that count; all that all runs have where none are given.
    ///   - overlap: As in `PairedRunsTest`.
    init(_ runs: [FinishedRun], measures: [String], overlap: Double) throws {
        guard let first = runs.first else { throw Failure.badOption("name a run") }
        let shared = first.summary.measures.keys.filter { name in
            runs.allSatisfy { $0.summary.measures[name] != nil }
        }
        for name in measures where !shared.contains(name) {
            throw Failure.badOption(
                "not all runs have a measure called \(name); all have \(shared.sorted().joined(separator: ", "))")
        }
        names = measures.isEmpty ? shared.sorted() : measures
        (reference, order, self.overlap) = (first.name, runs.map(\.name), overlap)
        self.runs = [:]
        for run in runs {
            self.runs[run.name] = try Self.entry(run, beside: first, names, overlap: overlap)
        }
        correct()
    }

    private static func entry(
        _ run: FinishedRun, beside first: FinishedRun, _ names: [String], overlap: Double
    ) throws -> Run {
        let seeds = run.summary.seeds.map(\.seed), others = first.summary.seeds.map(\.seed)
        let pairs = seeds.indices.compactMap { place in
            others.firstIndex(of: seeds[place]).map { (own: place, other: $0) }
        }
        var measures: [String: Measure] = [:]
        for name in names {
            guard let own = run.summary.measures[name]?.values, let others = first.summary.measures[name]?.values
            else { continue }
            let isCompared = run.name != first.name && pairs.count > 1
            measures[name] = Measure(
                summary: try Evaluation.RunSummary(own, smallerIsBetter: isSmallerBetter(name)),
                difference: isCompared
                    ? try PairedRunsTest(pairs.map { others[$0.other] }, pairs.map { own[$0.own] }, overlap: overlap)
                    : nil)
        }
        return Run(
            seeds: seeds,
            seconds: try Evaluation.RunSummary(run.summary.seeds.map(\.seconds), smallerIsBetter: true),
            measures: measures, shared: pairs.count)
    }

    /// Holm's correction, over the runs, measure by measure.
    private mutating func correct() {
        for name in names {
            let compared = order.filter { runs[$0]?.measures[name]?.difference != nil }
            let p = RankSumTest.holm(compared.compactMap { runs[$0]?.measures[name]?.difference?.p })
            for (run, p) in zip(compared, p) { runs[run]?.measures[name]?.correctedP = p }
        }
    }

    /// Error rates and distances.
    private static func isSmallerBetter(_ name: String) -> Bool {
        ["FNMR", "FMR", "EER", "frechet", "pixels"].contains { name.contains($0) }
    }

    // MARK: For people

    private static let heading = ["best", "worst", "mean", "median", "std", "low", "high", "difference", "p"]

    /// A table for each measure, a row for each run.
    var table: String {
        var text = "differences to \(reference), seed by seed; intervals of \(Int((100 * level).rounded())) %\n"
        for name in names {
            var table = TextTable(columns: [name] + Self.heading)
            for run in order { table.append([run] + figures(run, name) { String(format: "%.4f", $0) }) }
            text += table.text
        }
        var times = TextTable(columns: ["seconds of training", "mean", "std"])
        for run in order {
            guard let seconds = runs[run]?.seconds else { continue }
            times.append([
                run, String(format: "%.0f", seconds.mean),
                seconds.standardDeviation.map { String(format: "%.0f", $0) } ?? "-",
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
