import Evaluation
import LikenessCommand
import LikenessRecords

extension AllPairsEvaluationRecord {
    /// Creates the record of a comparison of all pairs.
    init(_ report: AllPairsReport, failedImages: Int, conditions: ConditionsRecord) {
        self.init(
            auc: report.areaUnderCurve, eer: report.equalErrorRate, failedImages: failedImages,
            calibration: Calibration(report.calibration), histogram: HistogramRecord(report.histogram),
            det: TradeoffRecord(report.tradeoff), conditions: conditions)
    }
}

extension AllPairsEvaluationRecord.Calibration {
    init(_ value: ImpostorCalibration) {
        self.init(
            points: value.points.map { AllPairsEvaluationRecord.Point($0) }, people: value.people,
            pictures: value.pictures, impostorPairs: value.impostorPairs, peoplePairs: value.peoplePairs,
            matedPairs: value.matedPairs)
    }
}

extension AllPairsEvaluationRecord.Point {
    init(_ value: ImpostorCalibration.Point) {
        self.init(
            falseMatchRate: value.falseMatchRate, threshold: value.threshold, falseMatches: value.falseMatches,
            falseNonMatchRate: value.falseNonMatchRate, falseNonMatches: value.falseNonMatches)
    }
}
