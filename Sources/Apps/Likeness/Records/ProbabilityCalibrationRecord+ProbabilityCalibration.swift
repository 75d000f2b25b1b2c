public import Faces
public import LikenessRecords

extension ProbabilityCalibrationRecord {
    /// Creates the record of a calibration of probabilities.
    public init(_ calibration: ProbabilityCalibration) {
        self.init(
            map: Map(calibration.map), trainingPrior: calibration.trainingPrior, matedPairs: calibration.matedPairs,
            impostorPairs: calibration.impostorPairs)
    }
}

extension ProbabilityCalibrationRecord.Map {
    fileprivate init(_ map: ProbabilityCalibration.Map) {
        switch map {
        case .platt(let slope, let intercept): self = .platt(slope: slope, intercept: intercept)
        case .isotonic(let similarities, let probabilities):
            self = .isotonic(similarities: similarities, probabilities: probabilities)
        case .beta(let a, let b, let c): self = .beta(a: a, b: b, c: c)
        case .contextual(let intercept, let slope, let weights, let interactions, let features):
            self = .contextual(
                intercept: intercept, slope: slope, weights: weights, interactions: interactions,
                features: ProbabilityCalibrationRecord.Features(features))
        case .byCondition(let plain, let cells):
            self = .byCondition(
                plain: ProbabilityCalibrationRecord.Curve(plain),
                cells: cells.map { ProbabilityCalibrationRecord.Curve($0) })
        }
    }
}

extension ProbabilityCalibrationRecord.Curve {
    fileprivate init(_ curve: ProbabilityCalibration.Curve) {
        self.init(
            kind: curve.kind?.rawValue, isShared: curve.isShared, low: curve.low, high: curve.high, a: curve.a,
            b: curve.b, c: curve.c)
    }
}

extension ProbabilityCalibrationRecord.Features {
    fileprivate init(_ features: ConditionFeatures) {
        self.init(
            names: features.names,
            scales: features.scales.map {
                ProbabilityCalibrationRecord.Scale(mean: $0.mean, deviation: $0.deviation, low: $0.low, high: $0.high)
            })
    }
}
