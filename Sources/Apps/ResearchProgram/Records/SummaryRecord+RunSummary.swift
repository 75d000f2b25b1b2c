import Evaluation
import LikenessCommand
import LikenessRecords

extension IntervalRecord {
    /// Creates the record of an interval of a mean or a difference.
    init(_ interval: SubjectBootstrap.Interval) { self.init(low: interval.low, high: interval.high) }
}

extension SummaryRecord {
    /// Creates the record of a summary over several runs.
    init(_ summary: RunSummary) {
        self.init(
            runs: summary.runs, best: summary.best, worst: summary.worst, mean: summary.mean, median: summary.median,
            standardDeviation: summary.standardDeviation, interval: summary.interval.map { IntervalRecord($0) })
    }
}
