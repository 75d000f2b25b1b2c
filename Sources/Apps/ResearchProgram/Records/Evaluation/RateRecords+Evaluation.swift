import Evaluation
import LikenessCommand
import LikenessRecords

extension ObservedRateRecord {
    init(_ value: ObservedRate) {
        self.init(count: value.count, total: value.total, value: value.value, low: value.low, high: value.high)
    }
}

extension ThresholdErrorsRecord {
    init(_ value: ErrorsAtThreshold) {
        self.init(
            threshold: value.threshold, fmr: ThresholdErrorsRecord.Rate(value.falseMatchRate),
            fnmr: ThresholdErrorsRecord.Rate(value.falseNonMatchRate))
    }
}

extension ThresholdErrorsRecord.Rate {
    init(_ value: ErrorsAtThreshold.Rate) {
        self.init(errors: value.errors, pairs: value.pairs, value: value.value, low: value.low, high: value.high)
    }
}

extension HistogramRecord {
    init(_ value: SimilarityHistogram) {
        self.init(low: value.low, high: value.high, mated: value.mated, impostor: value.impostor)
    }
}

extension TradeoffRecord {
    init(_ value: DetectionErrorTradeoff) {
        self.init(level: value.level, points: value.points.map { TradeoffRecord.Point($0) })
    }
}

extension TradeoffRecord.Point {
    init(_ value: DetectionErrorTradeoff.Point) {
        self.init(
            threshold: value.threshold, fmr: ObservedRateRecord(value.falseMatchRate),
            fnmr: ObservedRateRecord(value.falseNonMatchRate))
    }
}
