import LikenessCommand
import LikenessRecords

extension DistortionsRecord: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> CurvesEvaluationRecord {
        CurvesEvaluationRecord(curves, seed: seed, failures: failures, conditions: conditions)
    }
}

extension CurvesContrastRecord {
    /// Creates the record of two models on the same distorted pairs.
    init(_ contrast: CurvesRecord.Contrast) {
        self.init(contrast.contrast, first: contrast.first, second: contrast.second)
    }
}

extension CurvesComparisonRecord {
    /// Creates the record of several models on the same distorted pairs.
    init(_ record: CurvesRecord) {
        self.init(
            models: record.models.map { $0.report.record(under: ConditionsRecord($0.conditions)) },
            comparisons: record.comparisons.map { CurvesContrastRecord($0) })
    }
}
