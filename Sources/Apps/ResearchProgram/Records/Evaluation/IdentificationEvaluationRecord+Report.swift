import Evaluation
import LikenessCommand
import LikenessRecords

extension ClosedSetRecord {
    init(_ value: ClosedSetIdentification) {
        self.init(
            searches: value.searches, enrolledPeople: value.enrolledPeople,
            cumulativeMatches: value.cumulativeMatches.map { ObservedRateRecord($0) },
            rankOneInterval: value.rankOneInterval.map { IntervalRecord($0) }, level: value.level)
    }
}

extension OpenSetRecord {
    init(_ value: OpenSetIdentification.Point) {
        self.init(
            statedRate: value.statedRate, threshold: value.threshold, rank: value.rank,
            fpir: ObservedRateRecord(value.falsePositiveIdentificationRate),
            fnir: ObservedRateRecord(value.falseNegativeIdentificationRate),
            fnirBySubjects: value.falseNegativeInterval.map { IntervalRecord($0) })
    }
}
