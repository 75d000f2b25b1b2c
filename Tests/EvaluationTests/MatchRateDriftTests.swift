import Testing

@testable import Evaluation

@Suite struct MatchRateDriftTests {
    /// Returns a hundred impostors at 0, 0.01, … and ten mated pairs at 0.95; `shift` is added to the impostors.
    private func comparisons(shift: Float, mated: Float? = 0.95) -> [Comparison] {
        (0..<100).map { index in
            Comparison(
                similarity: Float(index) / 100 + shift, isMated: false, personA: "\(index)", personB: "\(index + 1)")
        } + (0..<10).map { Comparison(similarity: mated, isMated: true, personA: "\($0)", personB: "\($0)") }
    }

    @Test func countsAtTheThresholdOfBarePairs() throws {
        let drift = try MatchRateDrift(
            bare: comparisons(shift: 0), conditions: [("masked", comparisons(shift: 0.2, mated: 0.9))], rates: [0.1])
        #expect(drift.conditions.map(\.name) == ["bare", "masked"])
        let bare = try #require(drift.conditions[0].atRates.first),
            masked = try #require(drift.conditions[1].atRates.first)
        #expect(bare.errors.threshold == Float(0.89).nextUp && masked.errors.threshold == bare.errors.threshold)
        #expect(bare.errors.falseMatchRate.errors == 10 && bare.drift == 1)
        #expect(masked.errors.falseMatchRate.errors == 30)
        #expect(masked.drift.map { isNear($0, 3, within: 1e-12) } == true && masked.driftInterval == nil)
        #expect(masked.errors.falseNonMatchRate.errors == 0)
    }

    @Test func picturesWithoutAFaceDriftDownwards() throws {
        let drift = try MatchRateDrift(
            bare: comparisons(shift: 0), conditions: [("dark", comparisons(shift: -2, mated: nil))], rates: [0.1])
        let dark = try #require(drift.conditions[1].atRates.first)
        #expect(dark.drift == 0 && dark.errors.falseNonMatchRate.value == 1)
    }

    @Test func theDriftHasAnInterval() throws {
        let drift = try MatchRateDrift(
            bare: comparisons(shift: 0), conditions: [("masked", comparisons(shift: 0.2))], rates: [0.1],
            bootstrapRounds: 200)
        let interval = try #require(drift.conditions[1].atRates[0].driftInterval)
        #expect(interval.low > 1 && interval.low < 3 && interval.high > 3)
        let bare = try #require(drift.conditions[0].atRates[0].driftInterval)
        #expect(bare.low == 1 && bare.high == 1)
    }

    @Test func refusesARateThatThePairsCannotSupport() {
        #expect(throws: EvaluationError.unsupportedRate(0.001, impostorPairs: 100, needed: 3000)) {
            try MatchRateDrift(bare: comparisons(shift: 0), conditions: [], rates: [0.001])
        }
    }
}
