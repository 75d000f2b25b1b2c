import Evaluation
import LikenessCommand
import LikenessRecords

extension CardCalibrationRecord.HeldOut {
    init(_ value: DecisionComparison) {
        self.init(
            cells: value.cells.map { CardCalibrationRecord.Cell($0) },
            missed: value.missed.map { CardCalibrationRecord.Missed($0) })
    }
}

extension CardCalibrationRecord.Cell {
    init(_ value: DecisionComparison.Cell) {
        self.init(
            name: value.name, statedRate: value.statedRate, expected: value.expected, oneRatio: value.oneRatio,
            ratio: value.ratio, threshold: value.threshold)
    }
}

extension CardCalibrationRecord.Missed {
    init(_ value: DecisionComparison.Missed) {
        self.init(
            falseMatchRate: value.falseMatchRate, one: value.one, byCondition: value.byCondition,
            likelihoodRatio: value.likelihoodRatio)
    }
}
