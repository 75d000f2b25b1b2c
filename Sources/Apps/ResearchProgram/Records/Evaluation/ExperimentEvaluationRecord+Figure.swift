import LikenessCommand
import LikenessRecords
import PublishedResults

extension ExperimentEvaluationRecord.Number {
    init(_ value: Figure) { self.init(value: value.value, low: value.low, high: value.high, spread: value.spread) }
}
