import Evaluation
import LikenessRecords

extension ClassificationEvaluationRecord.Rates {
    /// One method in one run.
    init(_ report: ClassifierReport) {
        self.init(
            accuracy: ObservedRateRecord(report.accuracy),
            top5: report.identification.rate(rank: 5).map { ObservedRateRecord($0) })
    }
}

extension ClassificationEvaluationRecord.Measure {
    init(_ value: ClosedSetClassification.Measure) {
        self.init(name: value.name, summary: SummaryRecord(value.summary))
    }
}

extension ClassificationEvaluationRecord.Confusion {
    init(_ value: ClosedSetClassification.Confusion) {
        self.init(person: value.person, takenFor: value.takenFor, count: value.count, tested: value.tested)
    }
}
