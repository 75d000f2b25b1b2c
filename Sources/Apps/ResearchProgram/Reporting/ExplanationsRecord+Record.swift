import Explanations
import LikenessCommand
import LikenessRecords
import Measurements

extension ExplanationsRecord: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> ExplanationsEvaluationRecord {
        ExplanationsEvaluationRecord(
            faces: report.faces, people: report.people, similarity: report.similarity,
            hidden: report.hidden.map { ExplanationsEvaluationRecord.Hidden($0) },
            deletion: ExplanationsEvaluationRecord.Deletion(report.deletion), level: report.level, method: method,
            fill: fill, share: share, draws: draws, holds: holds, secondsPerMap: secondsPerMap,
            embeddingsPerMap: embeddingsPerMap,
            failures: failures.map {
                ExplanationsEvaluationRecord.FailedPair(imageA: $0.imageA, imageB: $0.imageB, reason: $0.reason)
            }, conditions: conditions)
    }
}
