import LikenessCommand
import LikenessRecords

extension GroupsRecord: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> GroupsEvaluationRecord {
        GroupsEvaluationRecord(
            threshold: threshold, statedFMR: statedFMR, thresholdFrom: thresholdFrom, pictures: pictures,
            people: people, failedImages: failures.count, failures: failures.map { FailedImageRecord($0) },
            labels: labels.map { GroupsEvaluationRecord.Label($0.errors, label: $0.label) }, conditions: conditions)
    }
}
