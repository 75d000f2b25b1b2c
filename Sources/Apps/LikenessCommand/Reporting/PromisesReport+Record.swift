import Evaluation
import LikenessRecords

extension PromisesReport: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> DecisionsEvaluationRecord {
        DecisionsEvaluationRecord(self, conditions: conditions)
    }
}
