import Evaluation
import LikenessCommand
import LikenessRecords

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
