import Evaluation
import LikenessCommand
import LikenessRecords

extension DecisionsEvaluationRecord {
    /// Creates the record of the test of a card.
    init(_ report: PromisesReport, conditions: ConditionsRecord) {
        self.init(rows: report.rows.map { Row($0) }, conditions: conditions)
    }
}

extension DecisionsEvaluationRecord.Difference {
    init(_ value: PromisesReport.Difference) { self.init(value: value.value, low: value.low, high: value.high) }
}

extension DecisionsEvaluationRecord.Rate {
    init(_ value: PromisesReport.Rate) {
        self.init(
            statedRate: value.statedRate, expected: value.expected, one: value.one, byCondition: value.byCondition,
            oneRatio: value.oneRatio, ratio: value.ratio, oneMissed: value.oneMissed, missed: value.missed,
            equalMissed: value.equalMissed,
            difference: value.difference.map { DecisionsEvaluationRecord.Difference($0) })
    }
}

extension DecisionsEvaluationRecord.Row {
    init(_ value: PromisesReport.Row) {
        self.init(
            name: value.name, impostors: value.impostors, mated: value.mated, withoutFace: value.withoutFace,
            rates: value.rates.map { DecisionsEvaluationRecord.Rate($0) }, calibrationError: value.calibrationError)
    }
}
