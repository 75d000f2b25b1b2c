import Faces
import Foundation
import Randomness
import Testing

@testable import Evaluation

@Suite struct AdaptiveThresholdsTests {
    /// Impostors about 0.1 with a spread of 0.1; a mask adds 0.15 to the mean and half to the spread. Mated pairs are
    /// about 0.7, and 0.55 with a mask.
    private func comparisons(
        seed: UInt64, impostors: Int, mated: Int, people: Int = 400, masked share: Int = 3, tail: Double = 1
    ) -> [ConditionedComparison] {
        var random = SplitMix64(state: seed)
        return (0..<impostors + mated).map { index in
            let isMated = index >= impostors, masked = index % share == 0
            let conditions = PairConditions.drawn(&random, masked: masked)
            let z = NormalDistribution.quantile(Double.random(in: 1e-9..<1, using: &random))
            let similarity =
                isMated
                ? (masked ? 0.55 : 0.7) + 0.12 * z
                : (masked ? 0.25 : 0.1) + (masked ? 0.15 : 0.1) * z * (masked && z > 2 ? tail : 1)
            let a = Int.random(in: 0..<people, using: &random)
            let b = isMated ? a : (a + Int.random(in: 1..<people, using: &random)) % people
            return ConditionedComparison(
                Comparison(
                    similarity: Float(similarity), isMated: isMated, personA: "\(seed) \(a)", personB: "\(seed) \(b)"),
                conditions: conditions)
        }
    }

    @Test func theRateHoldsInEachCondition() throws {
        let learned = comparisons(seed: 1, impostors: 60_000, mated: 0)
        let thresholds = try AdaptiveThresholds(fitting: learned, rates: [1e-2, 1e-3])
        #expect(thresholds.points.map(\.falseMatchRate) == [1e-2, 1e-3] && thresholds.impostorPairs == 60_000)
        #expect(thresholds.people == 400)
        let tested = comparisons(seed: 2, impostors: 90_000, mated: 6000)
        let pooled = learned.map(\.comparison.similarity).compactMap { $0 }.sorted(by: >)
        for (rate, slack) in [(1e-2, 0.25), (1e-3, 0.6)] {
            let global = pooled[Int(rate * Double(pooled.count))].nextUp
            let report = try AdaptiveThresholdReport(thresholds, global: global, on: tested, rate: rate)
            #expect(report.conditions.map(\.name) == ["all", "plain", "masked"])
            for condition in report.conditions {
                let observed = try #require(condition.adaptive.falseMatchRate).value
                #expect(abs(observed / rate - 1) < slack, "\(condition.name) at \(rate): \(observed)")
            }
            // One threshold promises too much for masked pairs, and is too strict for plain ones.
            #expect(report.conditions[2].global.falseMatchRate.map { $0.value > 2 * rate } == true)
            #expect(report.conditions[1].global.falseMatchRate.map { $0.value < rate / 2 } == true)
            let plain = report.conditions[1]
            #expect(
                try #require(plain.adaptive.falseNonMatchRate).value
                    < #require(plain.globalAtEqualRate.falseNonMatchRate).value)
            let equal = try #require(report.conditions[0].globalAtEqualRate.falseMatchRate)
            let adaptive = try #require(report.conditions[0].adaptive.falseMatchRate)
            #expect(equal.count == adaptive.count)
        }
    }

    @Test func theThresholdsAreTheNormalQuantiles() throws {
        let thresholds = try AdaptiveThresholds(
            fitting: comparisons(seed: 3, impostors: 100_000, mated: 10), rates: [1e-2])
        var random = SplitMix64(state: 9)
        let plain = PairConditions.drawn(&random, masked: false), masked = PairConditions.drawn(&random, masked: true)
        let bare = try thresholds.choice(falseMatchRate: 1e-2, conditions: plain)
        let covered = try thresholds.choice(falseMatchRate: 1e-2, conditions: masked)
        #expect(isNear(Double(bare.threshold), 0.1 + 0.1 * 2.326, within: 0.02))
        #expect(isNear(Double(covered.threshold), 0.25 + 0.15 * 2.326, within: 0.02))
        #expect(bare.condition == "plain" && covered.condition == "masked")
        #expect(thresholds.supports(1e-2) && !thresholds.supports(1e-6))
    }

    @Test func aCellWithAHeavierTailGetsItsOwn() throws {
        // Beyond two spreads, masked impostors lie half as far out again.
        let heavy = comparisons(seed: 4, impostors: 120_000, mated: 0, tail: 1.5)
        let thresholds = try AdaptiveThresholds(fitting: heavy, rates: [1e-2])
        let point = try #require(thresholds.points.first)
        let masked = try #require(point.cells["masked"]), plain = try #require(point.cells["plain"])
        #expect(masked > point.quantile && plain < point.quantile && masked > plain + 0.5)
        let tested = comparisons(seed: 5, impostors: 120_000, mated: 10, tail: 1.5)
        let report = try AdaptiveThresholdReport(thresholds, global: 0.5, on: tested, rate: 1e-2)
        for condition in report.conditions {
            let observed = try #require(condition.adaptive.falseMatchRate).value
            #expect(abs(observed / 1e-2 - 1) < 0.25, "\(condition.name): \(observed)")
        }
    }

    @Test func aRareCellKeepsTheCommonTail() throws {
        // Thirty masked pairs: at 1e-2 a third of a false match is expected of them.
        let thresholds = try AdaptiveThresholds(
            fitting: comparisons(seed: 6, impostors: 30_000, mated: 0, masked: 1000), rates: [1e-2])
        #expect(thresholds.points.first?.cells["masked"] == nil)
    }

    @Test func thresholdsRiseAsTheRateFalls() throws {
        let thresholds = try AdaptiveThresholds(
            fitting: comparisons(seed: 7, impostors: 40_000, mated: 0), rates: [1e-3, 1e-1, 1e-2])
        var random = SplitMix64(state: 1)
        for masked in [true, false] {
            let conditions = PairConditions.drawn(&random, masked: masked)
            let chosen = try [0.1, 0.05, 0.01, 0.004, 0.001].map {
                try thresholds.choice(falseMatchRate: $0, conditions: conditions).threshold
            }
            #expect(zip(chosen, chosen.dropFirst()).allSatisfy { $0 < $1 })
        }
        let plain = PairConditions.drawn(&random, masked: false)
        #expect(throws: FaceError.self) { try thresholds.choice(falseMatchRate: 1e-4, conditions: plain) }
        #expect(throws: FaceError.self) { try thresholds.choice(falseMatchRate: 0.5, conditions: plain) }
        #expect(throws: FaceError.self) { try thresholds.choice(falseMatchRate: 0, conditions: plain) }
        let read = try JSONDecoder().decode(AdaptiveThresholds.self, from: JSONEncoder().encode(thresholds))
        #expect(read == thresholds)
    }

    @Test func conditionsBeyondWhatWasSeenAreTakenForTheLast() throws {
        let thresholds = try AdaptiveThresholds(
            fitting: comparisons(seed: 8, impostors: 10_000, mated: 0), rates: [1e-2])
        var random = SplitMix64(state: 1)
        var conditions = PairConditions.drawn(&random, masked: false)
        conditions.pitch = 20
        let last = try thresholds.choice(falseMatchRate: 1e-2, conditions: conditions).threshold
        conditions.pitch = 80
        let beyond = try thresholds.choice(falseMatchRate: 1e-2, conditions: conditions).threshold
        #expect(abs(last - beyond) < 0.001)
    }

    @Test func refusesWhatItCannotSupport() {
        // 993 pairs of people among 1,000 comparisons.
        let few = comparisons(seed: 1, impostors: 1000, mated: 10)
        #expect(throws: EvaluationError.unsupportedRate(1e-3, impostorPairs: 993, needed: 30_000)) {
            try AdaptiveThresholds(fitting: few, rates: [1e-3])
        }
        #expect(throws: EvaluationError.noImpostorPairs) {
            try AdaptiveThresholds(fitting: Array(few.suffix(10)), rates: [1e-2])
        }
        var bare = few
        bare[3].conditions = nil
        #expect(throws: EvaluationError.self) { try AdaptiveThresholds(fitting: bare, rates: [0.1]) }
        var nameless = few
        nameless[3].comparison.personA = nil
        #expect(throws: EvaluationError.noPeople) { try AdaptiveThresholds(fitting: nameless, rates: [0.1]) }
    }
}
