import Testing

@testable import Evaluation
@testable import Faces

/// Agreement of the calibration with scikit-learn and SciPy.
@Suite struct CalibrationGoldenTests {
    @Test func platt() throws {
        var agreement = Agreement()
        for golden in try CalibrationGolden.load().cases {
            guard case .platt(let slope, let intercept) = try CalibrationMethod.platt.fit(golden.comparisons).map else {
                Issue.record("another map")
                return
            }
            agreement.add(slope, golden.platt.slope)
            agreement.add(intercept, golden.platt.intercept)
        }
        agreement.check("Platt", against: "SciPy")
    }

    @Test func beta() throws {
        var agreement = Agreement()
        for golden in try CalibrationGolden.load().cases {
            guard case .beta(let a, let b, let c) = try CalibrationMethod.beta.fit(golden.comparisons).map else {
                Issue.record("another map")
                return
            }
            agreement.add(a, golden.beta.a)
            agreement.add(b, golden.beta.b)
            agreement.add(c, golden.beta.c)
        }
        agreement.check("beta calibration", against: "scikit-learn")
    }

    @Test func isotonic() throws {
        var agreement = Agreement()
        for golden in try CalibrationGolden.load().cases {
            let calibration = try CalibrationMethod.isotonic.fit(golden.comparisons)
            for (similarity, expected) in zip(golden.isotonic.probes, golden.isotonic.probabilities) {
                let odds = try calibration.logOdds(Double(similarity), conditions: nil)
                agreement.add(ProbabilityCalibration.sigmoid(odds), expected)
            }
        }
        agreement.check("isotonic calibration", against: "scikit-learn")
    }

    @Test func contextual() throws {
        var agreement = Agreement()
        for golden in try CalibrationGolden.load().cases {
            let map = try CalibrationMethod.contextual.fit(golden.comparisons).map
            guard case .contextual(let intercept, let slope, let weights, let interactions, _) = map else {
                Issue.record("another map")
                return
            }
            agreement.add(intercept, golden.contextual.intercept)
            for (ours, theirs) in zip([slope] + weights + interactions, golden.contextual.weights) {
                agreement.add(ours, theirs)
            }
        }
        agreement.check("contextual calibration", against: "scikit-learn")
    }

    @Test func quality() throws {
        var agreement = Agreement()
        for golden in try CalibrationGolden.load().cases {
            let platt = try CalibrationMethod.platt.fit(golden.comparisons)
            let isotonic = try CalibrationMethod.isotonic.fit(golden.comparisons)
            for (index, expected) in golden.quality.enumerated() {
                let map = index + 1 < golden.quality.count ? platt : isotonic
                let said = try golden.similarities.map {
                    ProbabilityCalibration.sigmoid(try map.logOdds(Double($0), conditions: nil))
                }
                let quality = try CalibrationQuality(
                    probabilities: said, outcomes: golden.mated, bins: expected.bins)
                agreement.add(quality.expectedCalibrationError, expected.equalWidth)
                agreement.add(quality.equalMassCalibrationError, expected.equalMass)
                agreement.add(quality.brierScore, expected.brier)
                agreement.add(quality.logLoss, expected.logLoss)
            }
        }
        agreement.check("ECE, Brier score and log loss", against: "scikit-learn and NumPy")
    }

    @Test func likelihoodRatioCost() throws {
        var agreement = Agreement()
        for golden in try CalibrationGolden.load().cases {
            let map = try CalibrationMethod.platt.fit(golden.comparisons)
            let prior = ProbabilityCalibration.logOdds(map.trainingPrior)
            let ratios = try golden.similarities.map { try map.logOdds(Double($0), conditions: nil) - prior }
            let cost = try LikelihoodRatioCost(logRatios: ratios, isMated: golden.mated)
            agreement.add(cost.cost, golden.cost.cllr)
            agreement.add(cost.minimum, golden.cost.minCllr)
        }
        agreement.check("Cllr and minCllr", against: "scikit-learn and NumPy")
    }
}
