import Foundation
import Testing

@testable import Faces

@Suite struct AdaptiveThresholdsTests {
    /// Thresholds of two small faces: 0.5 and 0.6 below 16 px, 0.4 and 0.45 up to 24 px.
    ///
    /// One mask: 0.2 and 0.25, below the single threshold.
    static let thresholds = AdaptiveThresholds(
        cells: [
            cell(.small, isShared: true, 0, 16, [(1e-2, 0.5), (1e-3, 0.6)]),
            cell(.small, isShared: true, 16, 24, [(1e-2, 0.4), (1e-3, 0.45)]),
            cell(.masked, isShared: false, 0.5, 1, [(1e-2, 0.2), (1e-3, 0.25)]),
            cell(.child, isShared: true, 0.5, 1, [(1e-2, 0.55), (1e-3, 0.65)]),
        ], people: 1000, data: "drawn")

    private static func cell(
        _ kind: PairTrait.Kind, isShared: Bool, _ low: Double, _ high: Double, _ points: [(Double, Float)]
    ) -> AdaptiveThresholds.Cell {
        AdaptiveThresholds.Cell(
            kind: kind, isShared: isShared, low: low, high: high, impostorPairs: 40_000, peoplePairs: 40_000,
            points: points.map { AdaptiveThresholds.Point(falseMatchRate: $0.0, threshold: $0.1) })
    }

    /// Returns a card with thresholds at 1e-1 to 1e-4, in addition to those by condition.
    static func card() throws -> ModelCard {
        let text = """
            {"name": "m", "version": "1", "task": "embedding", "architecture": "", "weights": [],
             "input": {"name": "input", "layout": "nchw", "channels": "rgb", "normalization": "whitening"}, "outputs": [], "licence": "",
             "licenceNote": "", "origin": {"status": "own", "text": ""}, "trainingData": "", "citation": ""}
            """
        var card = try JSONDecoder().decode(ModelCard.self, from: Data(text.utf8))
        let points: [(Double, Float)] = [(1e-1, 0.2), (1e-2, 0.3), (1e-3, 0.37), (1e-4, 0.43)]
        card.calibration = MatchCalibration(
            points: points.map { .init(falseMatchRate: $0.0, threshold: $0.1, falseNonMatchRate: 0.1) }, data: "",
            people: 1000, pictures: 1000, impostorPairs: 499_500, peoplePairs: 499_500, matedPairs: 1, conditions: "",
            remark: "", command: "")
        card.adaptiveThresholds = thresholds
        return card
    }

    static func face(size: Float = 120, mask: Float? = 0, child: Float? = nil, yaw: Float = 0) -> ContextVector {
        var context = ContextVector(
            yaw: yaw, pitch: 0, roll: 0, intensity: 0.5, contrast: 0.2, illuminationDifference: 0, underexposed: 0,
            overexposed: 0, sharpness: 20, size: size, confidence: 0.95, maskProbability: mask)
        context.childProbability = child
        return context
    }

    private func choice(_ a: ContextVector, _ b: ContextVector, rate: Double = 1e-3) -> AdaptiveThresholds.Choice {
        Self.thresholds.choice(falseMatchRate: rate, conditions: PairConditions(a, b), one: 0.37)
    }

    @Test func whatBothFacesShareDecides() {
        let plain = Self.face()
        #expect(choice(plain, plain) == .init(threshold: 0.37, condition: "plain", remark: nil))
        // The less small face has 20 pixels.
        #expect(
            choice(Self.face(size: 12), Self.face(size: 20))
                == .init(threshold: 0.45, condition: "bothSmall", remark: nil))
        #expect(choice(Self.face(size: 12), Self.face(size: 15)).threshold == 0.6)
        #expect(choice(plain, Self.face(mask: 1)) == .init(threshold: 0.25, condition: "masked", remark: nil))
    }

    @Test func whatWasNotMeasuredTakesTheOneThresholdOrAStricterOneAndSaysSo() throws {
        let plain = Self.face()
        let one = choice(plain, Self.face(size: 12))
        #expect(one.threshold == 0.37 && one.condition == "small")
        #expect(try #require(one.remark).contains("one threshold"))
        let beyond = choice(Self.face(size: 30), Self.face(size: 33))
        #expect(beyond.threshold == 0.45 && beyond.remark != nil)
        let several = choice(Self.face(mask: 1), Self.face(yaw: 60))
        #expect(several.threshold == 0.37 && several.condition == "masked+turned" && several.remark != nil)
        let rare = choice(Self.face(size: 12), Self.face(size: 12), rate: 1e-4)
        #expect(rare.threshold == 0.6 && rare.remark != nil)
        // If a range's people do not support so low a rate, its threshold holds and is reported as not measured.
        var thin = Self.thresholds
        thin.cells[0].lowestMeasuredRate = 1e-2
        let carried = thin.choice(
            falseMatchRate: 1e-3, conditions: PairConditions(Self.face(size: 12), Self.face(size: 12)), one: 0.37)
        #expect(carried.threshold == 0.6)
        #expect(try #require(carried.remark).contains("below 0.01 were not measured"))
        let measured = thin.choice(
            falseMatchRate: 1e-2, conditions: PairConditions(Self.face(size: 12), Self.face(size: 12)), one: 0.3)
        #expect(measured == .init(threshold: 0.5, condition: "bothSmall", remark: nil))
        var old = Self.thresholds
        old.contextVersion = 0
        let stale = old.choice(falseMatchRate: 1e-3, conditions: PairConditions(plain, Self.face(mask: 1)), one: 0.37)
        #expect(stale.threshold == 0.37 && stale.remark != nil)
    }

    @Test func twoChildrenHaveTheirOwnThresholdAndARemark() throws {
        let both = choice(Self.face(child: 0.9), Self.face(child: 0.6))
        #expect(both.threshold == 0.65 && both.condition == "bothChildren")
        #expect(try #require(both.remark).contains("not measured"))
        // A child and an adult are distinguished as easily as others.
        #expect(choice(Self.face(child: 0.9), Self.face(child: 0.1)).condition == "plain")
        #expect(choice(Self.face(child: 0.9), Self.face()).condition == "plain")
        let rule = try MatchRule(Self.card(), falseMatchRate: 1e-3, adapts: false)
        let decision = rule.decide(
            similarity: 0.5, conditions: PairConditions(Self.face(child: 0.9), Self.face(child: 0.9)))
        #expect(decision.isMatch && decision.remark != nil, "one threshold says that it wasn't made for children")
    }

    @Test func whatIsNotKnownOfAFaceIsSaid() throws {
        let rule = try MatchRule(Self.card(), falseMatchRate: 1e-3)
        let ageless = Self.face(), child = Self.face(child: 0.9), grown = Self.face(child: 0)
        func remark(_ a: ContextVector, _ b: ContextVector) -> String? {
            rule.decide(similarity: 0.5, conditions: PairConditions(a, b)).remark
        }
        // If one is an adult, it does not matter what the other is.
        for other in [grown, child, ageless] { #expect(remark(grown, other) == nil) }
        // The card has a threshold for children, and it is unknown whether it applies.
        for other in [ageless, child] { #expect(remark(ageless, other) == MatchRule.unknownAgesRemark) }
        var unmasked = child
        unmasked.maskProbability = nil
        let children = try #require(remark(unmasked, unmasked))
        #expect(children.hasPrefix(MatchRule.onlyChildrenRemark) && !children.contains("one threshold"))
        unmasked.childProbability = 0
        #expect(remark(unmasked, unmasked) == MatchRule.unknownMasksRemark)
        unmasked.childProbability = nil
        #expect(
            remark(unmasked, unmasked) == "\(MatchRule.unknownMasksRemark); \(MatchRule.unknownAgesRemark)")
        #expect(rule.decide(similarity: 0.5, conditions: nil).remark == MatchRule.unknownRemark)
    }

    @Test func aStricterRateIsNeverALaxerDecision() throws {
        var random = Steps()
        let card = try Self.card()
        let rates = (0...120).map { pow(10, -1 - 3 * Double($0) / 120) } + [9.9e-4, 1.01e-3, 9.9e-3, 1.01e-2]
        let rules = try rates.sorted(by: >).map { try MatchRule(card, falseMatchRate: min(max($0, 1e-4), 1e-1)) }
        for _ in 0..<300 {
            func drawn() -> ContextVector {
                Self.face(
                    size: .random(in: 5...60, using: &random), mask: .random(in: 0...1, using: &random),
                    child: .random(in: 0...1, using: &random), yaw: .random(in: -90...90, using: &random))
            }
            let conditions = Bool.random(using: &random) ? PairConditions(drawn(), drawn()) : nil
            let chosen = rules.map { $0.decide(similarity: 0, conditions: conditions).threshold }
            #expect(zip(chosen, chosen.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(chosen.allSatisfy { $0 >= -1 && $0 <= 1 })
        }
    }

    /// The same numbers in every run (Knuth's constants for 64 bits).
    private struct Steps: RandomNumberGenerator {
        var state: UInt64 = 1

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test func figuresThatCanNotBeAreRefused() throws {
        for change in [
            { (cell: inout AdaptiveThresholds.Cell) in cell.points.reverse() }, { $0.points[0].threshold = 2 },
            { $0.points[0].falseMatchRate = 0 }, { $0.low = $0.high + 1 },
        ] as [(inout AdaptiveThresholds.Cell) -> Void] {
            var bad = Self.thresholds
            change(&bad.cells[0])
            let data = try JSONEncoder().encode(bad)
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(AdaptiveThresholds.self, from: data) }
        }
    }

    @Test func theyComeBackFromJSONAndOlderOnesAreRead() throws {
        let read = try JSONDecoder().decode(AdaptiveThresholds.self, from: JSONEncoder().encode(Self.thresholds))
        #expect(read == Self.thresholds)
        let old =
            #"{"contextVersion": 1, "mean": [0.1], "logSpread": [0], "points": [], "impostorPairs": 9, "people": 3}"#
        let none = try JSONDecoder().decode(AdaptiveThresholds.self, from: Data(old.utf8))
        #expect(none.cells.isEmpty && none.people == 3)
    }

    @Test func aStrengthLiesInOneRange() {
        for kind in PairTrait.Kind.allCases {
            for (place, (low, high)) in zip(kind.edges, kind.edges.dropFirst()).enumerated() {
                #expect(kind.range(of: low) == place && kind.range(of: (low + high) / 2) == place)
            }
        }
        // A small or dark face is unsharp as well, which is not reported again.
        var small = Self.face(size: 20)
        small.sharpness = 3
        #expect(PairConditions(small, small).traits.map(\.name) == ["bothSmall"])
        for (condition, words) in [
            ("bothSmall", "two small faces"), ("masked+bothDark", "one masked face and two dark faces"),
            ("bothChildren+turned", "two people who may be children and one face turned far to a side"),
            ("plain", "two ordinary faces"),
        ] { #expect(PairTrait.words(ofCondition: condition) == words) }
        small.size = 100
        #expect(PairConditions(small, small).traits.map(\.name) == ["bothBlurred"])
    }
}
