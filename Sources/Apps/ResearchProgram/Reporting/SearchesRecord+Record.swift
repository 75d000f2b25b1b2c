import LikenessCommand
import LikenessRecords

extension SearchesRecord: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> IdentificationEvaluationRecord {
        IdentificationEvaluationRecord(
            enrolledPeople: enrolledPeople, strangers: strangers, galleryImages: galleryImages,
            probeImages: probeImages, failedImages: failedImages, seed: seed, closedSet: ClosedSetRecord(closedSet),
            openSet: openSet.map { OpenSetRecord($0) }, refused: refused, conditions: conditions)
    }
}
