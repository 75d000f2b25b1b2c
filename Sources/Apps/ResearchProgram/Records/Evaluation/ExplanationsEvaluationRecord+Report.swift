import Explanations
import LikenessCommand
import LikenessRecords
import Measurements

extension ExplanationsEvaluationRecord.Control {
    init(_ value: TruthReport.Difference) {
        self.init(
            control: value.control.rawValue, loss: value.loss, difference: value.difference,
            interval: IntervalRecord(value.interval), wins: value.wins)
    }
}

extension ExplanationsEvaluationRecord.Hidden {
    init(_ value: TruthReport.Hidden) {
        self.init(
            fill: value.fill.rawValue, loss: value.loss,
            controls: value.controls.map { ExplanationsEvaluationRecord.Control($0) })
    }
}

extension ExplanationsEvaluationRecord.Deletion {
    init(_ value: TruthReport.Deletion) {
        self.init(
            fill: value.fill.rawValue, map: value.map, random: value.random, interval: IntervalRecord(value.interval))
    }
}
