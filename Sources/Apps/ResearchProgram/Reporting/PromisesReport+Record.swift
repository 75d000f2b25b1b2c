import Evaluation
import LikenessCommand
import LikenessRecords

extension PromisesReport: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> DecisionsEvaluationRecord {
        DecisionsEvaluationRecord(self, conditions: conditions)
    }
}
