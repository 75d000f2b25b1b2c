import Foundation
import Testing

@testable import Faces

@Suite struct MatchRuleTests {
    private let plain = ContextVector(
        yaw: 5, pitch: -3, roll: 1, intensity: 0.5, contrast: 0.2, illuminationDifference: 0.1, underexposed: 0.05,
        overexposed: 0.02, sharpness: 20, size: 120, confidence: 0.95, maskProbability: 0)

    private var masked: ContextVector {
        var context = plain
        context.maskProbability = 1
        return context
    }

    /// Returns a card with one threshold, 0.3 at 1e-3; with one masked face it is 0.5.
    private func card(adapts: Bool = true) throws -> ModelCard {
        let text = """
            {"name": "m", "version": "1", "task": "embedding", "architecture": "", "weights": [],
             "input": {"name": "input", "layout": "nchw", "channels": "rgb", "normalization": "whitening"}, "outputs": [], "licence": "",
             "licenceNote": "", "origin": {"status": "own", "text": ""}, "trainingData": "", "citation": ""}
            """
        var card = try JSONDecoder().decode(ModelCard.self, from: Data(text.utf8))
        card.calibration = MatchCalibration(
            points: [1e-2, 1e-3].map {
                .init(falseMatchRate: $0, threshold: $0 == 1e-2 ? 0.2 : 0.3, falseNonMatchRate: 0.1)
            }, data: "", people: 1000, pictures: 1000, impostorPairs: 499_500, peoplePairs: 499_500, matedPairs: 1,
            conditions: "", remark: "", command: "")
        guard adapts else { return card }
        card.adaptiveThresholds = AdaptiveThresholds(
            cells: [
                AdaptiveThresholds.Cell(
                    kind: .masked, isShared: false, low: 0.5, high: 1, impostorPairs: 100_000, peoplePairs: 100_000,
                    points: [1e-2, 1e-3].map { .init(falseMatchRate: $0, threshold: $0 == 1e-2 ? 0.4 : 0.5) })
            ], people: 100, data: "")
        card.probability = ProbabilityCalibration(
            map: .platt(slope: 10, intercept: -3), trainingPrior: 0.5, matedPairs: 10_000, impostorPairs: 10_000)
        return card
    }

    @Test func theThresholdFollowsTheConditions() throws {
        let rule = try MatchRule(try card(), falseMatchRate: 1e-3)
        let bare = rule.decide(similarity: 0.35, conditions: PairConditions(plain, plain))
        #expect(abs(bare.threshold - 0.3) < 1e-6 && bare.isMatch && bare.condition == "plain")
        let covered = rule.decide(similarity: 0.35, conditions: PairConditions(plain, masked))
        #expect(abs(covered.threshold - 0.5) < 1e-6 && !covered.isMatch && covered.condition == "masked")
        #expect(covered.falseMatchRate == 1e-3 && covered.basis == "threshold 0.50: masked, FMR 0.001")
    }

    @Test func oneThresholdStandsWhereTheConditionsAreNotKnownOrNotWanted() throws {
        var unknown = plain
        unknown.maskProbability = nil
        let rule = try MatchRule(try card(), falseMatchRate: 1e-3)
        for conditions in [nil, PairConditions(plain, unknown)] {
            let decision = rule.decide(similarity: 0.35, conditions: conditions)
            #expect(decision.threshold == 0.3 && decision.condition == nil && decision.remark != nil)
            #expect(decision.basis == "threshold 0.30: all conditions, FMR 0.001")
        }
        let one = try MatchRule(try card(), falseMatchRate: 1e-3, adapts: false)
        #expect(one.decide(similarity: 0.35, conditions: PairConditions(plain, masked)).threshold == 0.3)
        let none = try MatchRule(try card(adapts: false), falseMatchRate: 1e-3)
        let decision = none.decide(similarity: 0.35, conditions: PairConditions(plain, plain))
        #expect(decision.threshold == 0.3 && decision.probability == nil)
    }

    @Test func aThresholdFromElsewhereIsTaken() throws {
        let rule = try MatchRule(try card(), threshold: 0.25)
        let decision = rule.decide(similarity: 0.25, conditions: PairConditions(plain, masked))
        #expect(decision.isMatch && decision.condition == nil)
        // Halfway between 0.2 and 0.3, the rate is halfway between 1e-2 and 1e-3 on a logarithmic scale.
        #expect(abs((decision.falseMatchRate ?? 0) - pow(10, -2.5)) < 1e-6)
    }

    @Test func theProbabilityKnowsThePrior() throws {
        let conditions = PairConditions(plain, plain)
        let even = try MatchRule(try card(), falseMatchRate: 1e-3).decide(similarity: 0.3, conditions: conditions)
        #expect(abs((even.probability ?? 0) - 0.5) < 1e-6)
        let rare = try MatchRule(try card(), falseMatchRate: 1e-3, prior: 0.01)
        #expect(abs((rare.decide(similarity: 0.3, conditions: conditions).probability ?? 0) - 0.01) < 1e-6)
        #expect(throws: FaceError.invalidPrior(1)) { try MatchRule(try card(), falseMatchRate: 1e-3, prior: 1) }
        #expect(throws: FaceError.self) { try MatchRule(try card(), falseMatchRate: 1e-9) }
    }

    @Test func candidatesShareOneProbability() throws {
        let rule = try MatchRule(try card(), falseMatchRate: 1e-3)
        // With one person, it is the same as comparing two faces.
        #expect(abs(rule.posteriors(logRatios: [log(3)], people: 1)[0] - 0.75) < 1e-12)
        let twins = rule.posteriors(logRatios: [10, 10], people: 2)
        #expect(abs(twins[0] - twins[1]) < 1e-12 && twins[0] < 0.5, "two who are alike can't both be probable")
        let many = rule.posteriors(logRatios: [log(100)], people: 100)
        #expect(abs(many[0] - 0.5) < 1e-12)
        #expect(rule.posteriors(logRatios: [], people: 0).isEmpty)
    }

    @Test func aContextComesBackFromItsNumbers() {
        #expect(ContextVector(values: plain.values) == plain && ContextVector(values: masked.values) == masked)
        var unknown = plain
        unknown.maskProbability = nil
        #expect(ContextVector(values: unknown.values) == unknown)
        #expect(ContextVector(values: [1, 2, 3]) == nil)
    }
}
