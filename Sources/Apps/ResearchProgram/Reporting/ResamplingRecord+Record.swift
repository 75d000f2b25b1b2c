import LikenessCommand
import LikenessRecords

extension ResamplingRecord: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> ResamplingEvaluationRecord {
        ResamplingEvaluationRecord(
            people: people, pictures: pictures, failedImages: failedImages, seeds: seeds,
            protocols: protocols.map {
                ResamplingEvaluationRecord.Division(
                    $0.result, name: $0.kind.rawValue, folds: $0.folds, testShare: $0.testShare)
            }, conditions: conditions)
    }
}
