import Evaluation
import LikenessCommand
import LikenessRecords

extension CurvesEvaluationRecord {
    /// Creates the record of one model's errors by strength of distortion.
    init(
        _ curves: DistortionCurves, seed: UInt64, failures: [PairsReport.FailedImage], conditions: ConditionsRecord
    ) {
        self.init(
            statedFMR: curves.statedRate, threshold: curves.threshold, level: curves.level,
            unaltered: Point(curves.unaltered), curves: curves.curves.map { Curve($0) }, seed: seed,
            failedImages: failures.count, failures: failures.map { FailedImageRecord($0) }, conditions: conditions)
    }
}

extension CurvesContrastRecord {
    /// Creates the record of two models on the same distorted pairs.
    init(_ contrast: DistortionContrast, first: String, second: String) {
        self.init(
            first: first, second: second, thresholds: contrast.thresholds, rounds: contrast.rounds,
            level: contrast.level, points: contrast.points.map { Point($0) })
    }
}

extension CurvesEvaluationRecord.Point {
    init(_ value: DistortionCurves.Point) {
        self.init(
            strength: value.strength, accuracy: ObservedRateRecord(value.accuracy),
            fmr: ObservedRateRecord(value.falseMatchRate), fnmr: ObservedRateRecord(value.falseNonMatchRate),
            failedMatedPairs: value.failedMatedPairs, failedImpostorPairs: value.failedImpostorPairs,
            auc: value.areaUnderCurve)
    }
}

extension CurvesEvaluationRecord.Curve {
    init(_ value: DistortionCurves.Curve) {
        self.init(
            kind: value.kind, unit: value.unit, neutralStrength: value.neutralStrength,
            points: value.points.map { CurvesEvaluationRecord.Point($0) })
    }
}

extension CurvesContrastRecord.Point {
    init(_ value: DistortionContrast.Point) {
        self.init(
            kind: value.kind, strength: value.strength, mcNemar: McNemarRecord(value.mcNemar),
            tmr: value.trueMatchRate.map { DifferenceRecord($0) })
    }
}
