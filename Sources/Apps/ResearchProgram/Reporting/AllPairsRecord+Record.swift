import LikenessCommand
import LikenessRecords

extension AllPairsRecord: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> AllPairsEvaluationRecord {
        AllPairsEvaluationRecord(report, failedImages: failedImages, conditions: conditions)
    }
}

extension AllPairsComparisonRecord {
    /// Creates the record of several models on all pairs.
    init(_ records: AllPairsRecords) {
        self.init(models: records.models.map { $0.report.record(under: ConditionsRecord($0.conditions)) })
    }
}
