import Evaluation
import LikenessCommand
import LikenessRecords

extension RunsEvaluationRecord.Difference {
    init(_ value: PairedRunsTest) {
        self.init(difference: value.difference, interval: IntervalRecord(value.interval), p: value.p)
    }
}
