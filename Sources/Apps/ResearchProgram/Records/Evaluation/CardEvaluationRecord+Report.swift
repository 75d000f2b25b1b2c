import Evaluation
import LikenessCommand
import LikenessRecords

extension CardEvaluationRecord {
    init(_ value: CardReport) {
        self.init(
            points: value.points.map { CardEvaluationRecord.Point($0) },
            adaptive: value.adaptive.map { CardEvaluationRecord.Adaptive($0) },
            probabilities: value.probabilities.map { CardEvaluationRecord.Probabilities($0) })
    }
}

extension CardEvaluationRecord.Point {
    init(_ value: CardReport.Point) {
        self.init(statedRate: value.statedRate, errors: ThresholdErrorsRecord(value.errors), holds: value.holds)
    }
}

extension CardEvaluationRecord.Adaptive {
    init(_ value: AdaptiveThresholdReport) {
        self.init(
            statedRate: value.statedRate, globalThreshold: value.globalThreshold,
            equalRateThreshold: value.equalRateThreshold,
            conditions: value.conditions.map { CardEvaluationRecord.Condition($0) })
    }
}

extension CardEvaluationRecord.Condition {
    init(_ value: AdaptiveThresholdReport.Condition) {
        self.init(
            name: value.name, global: CardEvaluationRecord.Errors(value.global),
            adaptive: CardEvaluationRecord.Errors(value.adaptive),
            globalAtEqualRate: CardEvaluationRecord.Errors(value.globalAtEqualRate))
    }
}

extension CardEvaluationRecord.Errors {
    init(_ value: AdaptiveThresholdReport.Errors) {
        self.init(
            fmr: value.falseMatchRate.map { ObservedRateRecord($0) },
            fnmr: value.falseNonMatchRate.map { ObservedRateRecord($0) })
    }
}

extension CardEvaluationRecord.Probabilities {
    init(_ value: CardReport.Probabilities) {
        self.init(name: value.name, quality: CardEvaluationRecord.Quality(value.quality))
    }
}

extension CardEvaluationRecord.Quality {
    init(_ value: CalibrationQuality) {
        self.init(
            bins: value.bins.map { CardEvaluationRecord.Bin($0) },
            equalMassBins: value.equalMassBins.map { CardEvaluationRecord.Bin($0) },
            expectedCalibrationError: value.expectedCalibrationError,
            equalMassCalibrationError: value.equalMassCalibrationError, brierScore: value.brierScore,
            logLoss: value.logLoss, count: value.count, prevalence: value.prevalence)
    }
}

extension CardEvaluationRecord.Bin {
    init(_ value: CalibrationQuality.Bin) {
        self.init(
            low: value.low, high: value.high, meanProbability: value.meanProbability,
            observed: ObservedRateRecord(value.observed))
    }
}
