import Faces
import Foundation
import LikenessSupport
import Testing

@testable import Evaluation

@Suite struct CalibrationTests {
    /// Returns normally distributed similarities with means 0.5 and 0.1 and the same deviation of 0.15, so that the
    /// log-likelihood ratio is linear.
    static func normal(seed: UInt64, mated: Int, impostors: Int, people: Int = 60) -> [ConditionedComparison] {
        var random = SplitMix64(state: seed)
        return (0..<mated + impostors).map { index in
            let isMated = index < mated, conditions = PairConditions.drawn(&random, masked: index % 2 == 0)
            let center = isMated ? 0.5 : 0.1
            let z = NormalDistribution.quantile(Double.random(in: 1e-9..<1, using: &random))
            let a = Int.random(in: 0..<people, using: &random)
            let b = isMated ? a : (a + Int.random(in: 1..<people, using: &random)) % people
            return ConditionedComparison(
                Comparison(
                    similarity: Float(center + 0.15 * z), isMated: isMated, personA: "\(a)", personB: "\(b)"),
                conditions: conditions)
        }
    }

    private let calibrated = normal(seed: 1, mated: 4000, impostors: 8000)

    /// Returns the logarithm of the ratio of the two normal densities.
    private func trueRatio(_ similarity: Double) -> Double {
        (pow(similarity - 0.1, 2) - pow(similarity - 0.5, 2)) / (2 * 0.15 * 0.15)
    }

    @Test(arguments: CalibrationMethod.allCases) func findsTheLikelihoodRatio(method: CalibrationMethod) throws {
        let map = try method.fit(calibrated)
        #expect(map.trainingPrior == 1 / 3.0 && map.matedPairs == 4000 && map.impostorPairs == 8000)
        for similarity in stride(from: 0.2, through: 0.4, by: 0.05) {
            let ratio = try map.logLikelihoodRatio(similarity: Float(similarity), conditions: calibrated[0].conditions)
            #expect(isNear(ratio, trueRatio(similarity), within: 0.5), "\(method) at \(similarity): \(ratio)")
        }
    }

    @Test func thePriorMovesTheProbability() throws {
        let map = try CalibrationMethod.platt.fit(calibrated)
        let even = try map.probability(similarity: 0.3), rare = try map.probability(similarity: 0.3, prior: 0.001)
        #expect(isNear(even, 0.5, within: 0.05))
        // Odds of 1 to 999 instead of 1 to 1.
        #expect(isNear(rare / (1 - rare), even / (1 - even) / 999, within: 1e-12))
        #expect(throws: FaceError.invalidPrior(0)) { try map.probability(similarity: 0.3, prior: 0) }
        #expect(throws: FaceError.invalidPrior(1)) { try map.probability(similarity: 0.3, prior: 1) }
    }

    @Test(arguments: CalibrationMethod.allCases) func claimsNoMoreThanThePairsSupport(method: CalibrationMethod) throws
    {
        let map = try method.fit(calibrated)
        let sure = try map.logLikelihoodRatio(similarity: 1, conditions: calibrated[0].conditions)
        #expect(sure <= log(4001) && sure > 4)
        #expect(try map.probability(similarity: -1, conditions: calibrated[0].conditions) >= 1 / 4003.0)
    }

    @Test(arguments: CalibrationMethod.allCases) func probabilitiesRiseWithSimilarity(method: CalibrationMethod) throws
    {
        let map = try method.fit(calibrated)
        let said = try stride(from: -1, through: 1, by: 0.01).map {
            try map.probability(similarity: Float($0), conditions: calibrated[0].conditions)
        }
        #expect(zip(said, said.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test(arguments: CalibrationMethod.allCases) func survivesACard(method: CalibrationMethod) throws {
        let map = try method.fit(Array(calibrated.prefix(3000)) + calibrated.suffix(3000))
        let read = try JSONDecoder().decode(ProbabilityCalibration.self, from: JSONEncoder().encode(map))
        #expect(read == map && read.method == method.rawValue)
    }

    @Test func refusesWhatCannotBeFitted() {
        let separated = (0..<40).map { index in
            ConditionedComparison(
                Comparison(similarity: index < 20 ? 0.9 : 0.1, isMated: index < 20), conditions: nil)
        }
        #expect(throws: EvaluationError.self) { try CalibrationMethod.beta.fit(separated) }
        #expect(throws: EvaluationError.noImpostorPairs) {
            try CalibrationMethod.platt.fit(Array(separated.prefix(20)))
        }
        #expect(throws: EvaluationError.noMatedPairs) {
            try CalibrationMethod.isotonic.fit(Array(separated.suffix(20)))
        }
        #expect(throws: EvaluationError.self) { try CalibrationMethod.contextual.fit(separated) }
        // Platt's targets keep the slope finite.
        #expect(throws: Never.self) { try CalibrationMethod.platt.fit(separated) }
    }

    @Test func contextualNeedsConditions() throws {
        let map = try CalibrationMethod.contextual.fit(calibrated)
        #expect(throws: FaceError.missingConditions) { try map.probability(similarity: 0.5) }
    }

    @Test func qualityOfHonestAndBoastfulProbabilities() throws {
        // Of the samples with probability 0.2, one in five is positive; of those with 0.8, four in five.
        let outcomes = [true, false, false, false, false, true, true, true, true, false]
        let honest = try CalibrationQuality(
            probabilities: Array(repeating: 0.2, count: 5) + Array(repeating: 0.8, count: 5), outcomes: outcomes)
        #expect(isNear(honest.expectedCalibrationError, 0, within: 1e-15))
        #expect(isNear(honest.equalMassCalibrationError, 0, within: 1e-15))
        #expect(isNear(honest.brierScore, 0.16, within: 1e-15) && honest.prevalence == 0.5)
        #expect(honest.bins.count == 2 && honest.bins[0].observed.count == 1)
        let boastful = try CalibrationQuality(
            probabilities: Array(repeating: 0, count: 5) + Array(repeating: 1, count: 5), outcomes: outcomes)
        #expect(isNear(boastful.expectedCalibrationError, 0.2, within: 1e-15))
        // Two of ten positive outcomes had the probability 0.
        #expect(isNear(boastful.logLoss, -0.2 * log(Double.ulpOfOne), within: 1e-12))
        #expect(throws: EvaluationError.invalidRate(1.5)) {
            try CalibrationQuality(probabilities: [1.5], outcomes: [true])
        }
    }

    @Test func theCostKnowsItsMarks() throws {
        // Without any information, the cost is one bit.
        let silent = try LikelihoodRatioCost(logRatios: [0, 0, 0, 0], isMated: [true, false, false, false])
        #expect(isNear(silent.cost, 1, within: 1e-15) && isNear(silent.minimum, 1, within: 1e-15))
        // Separated, but with the wrong scale.
        let timid = try LikelihoodRatioCost(logRatios: [0.1, 0.2, -0.1, -0.2], isMated: [true, true, false, false])
        #expect(timid.minimum == 0 && timid.cost > 0.85 && timid.calibrationLoss == timid.cost)
        let wrong = try LikelihoodRatioCost(logRatios: [-.infinity, 1], isMated: [true, false])
        #expect(wrong.cost == .infinity && isNear(wrong.minimum, 1, within: 1e-15))
    }

    @Test func theMinimumIsBelowTheCostAndUnmovedByRisingMaps() throws {
        let isMated = calibrated.map(\.comparison.isMated)
        let scores = calibrated.map { Double($0.comparison.similarity ?? 0) }
        let raw = try LikelihoodRatioCost(logRatios: scores, isMated: isMated)
        let mapped = try LikelihoodRatioCost(logRatios: scores.map { 3 * $0 * $0 * $0 - 1 }, isMated: isMated)
        #expect(isNear(raw.minimum, mapped.minimum, within: 1e-12))
        let map = try CalibrationMethod.platt.fit(calibrated)
        let fitted = try LikelihoodRatioCost(
            logRatios: calibrated.map { try map.logLikelihoodRatio(similarity: $0.comparison.similarity ?? 0) },
            isMated: isMated)
        #expect(fitted.minimum <= fitted.cost && fitted.calibrationLoss < 0.02 && raw.calibrationLoss > 0.1)
    }

    @Test func comparesMethodsOnOtherPeople() throws {
        let comparison = try CalibrationComparison(Self.normal(seed: 2, mated: 3000, impostors: 9000, people: 40))
        #expect(comparison.conditions.map(\.name).prefix(3) == ["all", "plain", "masked"])
        let all = try #require(comparison.conditions.first)
        #expect(all.results.map(\.method) == CalibrationMethod.allCases)
        for result in all.results {
            #expect(result.quality.expectedCalibrationError < 0.03, "\(result.method)")
            #expect(result.cost.cost < 0.5 && result.cost.calibrationLoss < 0.05)
        }
    }
}

extension PairConditions {
    /// Returns random conditions, plain except for the mask.
    static func drawn(_ random: inout SplitMix64, masked: Bool) -> PairConditions {
        let sharpness = Double.random(in: 12...40, using: &random), size = Double.random(in: 60...200, using: &random)
        return PairConditions(
            yaw: .random(in: 0...19, using: &random), pitch: .random(in: 0...20, using: &random),
            roll: .random(in: 0...15, using: &random), darkest: .random(in: 0.3...0.5, using: &random),
            brightest: .random(in: 0.5...0.7, using: &random), contrast: .random(in: 0.1...0.3, using: &random),
            illuminationDifference: .random(in: 0...0.25, using: &random),
            underexposed: .random(in: 0...0.2, using: &random), overexposed: .random(in: 0...0.2, using: &random),
            logSharpness: log(sharpness), logSize: log(size), confidence: .random(in: 0.7...1, using: &random),
            masked: masked ? 0.95 : 0.02, bothMasked: 0.01)
    }
}
