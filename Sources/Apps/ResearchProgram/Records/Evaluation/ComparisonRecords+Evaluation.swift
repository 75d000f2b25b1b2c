import Evaluation
import LikenessCommand
import LikenessRecords

extension McNemarRecord {
    init(_ value: McNemarTest) {
        self.init(
            onlyFirstRight: value.onlyFirstRight, onlySecondRight: value.onlySecondRight, exactP: value.exactP,
            midP: value.midP)
    }
}

extension DifferenceRecord {
    init(_ value: PairedComparison.Difference) {
        self.init(
            statistic: value.statistic, first: value.first, second: value.second, difference: value.difference,
            interval: IntervalRecord(value.interval), p: value.p)
    }
}

extension BootstrapRecord {
    init(_ value: SubjectBootstrap) {
        self.init(
            rounds: value.rounds, seed: value.seed, level: value.level, people: value.people,
            accuracy: value.accuracy.map { IntervalRecord($0) }, auc: IntervalRecord(value.auc),
            eer: IntervalRecord(value.eer), tar: value.tar.map { BootstrapRecord.RateInterval($0) })
    }
}

extension BootstrapRecord.RateInterval {
    init(_ value: SubjectBootstrap.RateInterval) {
        self.init(fmr: value.falseMatchRate, low: value.low, high: value.high)
    }
}
