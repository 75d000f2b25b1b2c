import Evaluation
import LikenessSupport
import Testing

@Suite struct RuleOfThreeTests {
    @Test(arguments: [(1e-2, 300), (1e-3, 3_000), (1e-4, 30_000), (0.07, 43), (1e-6, 3_000_000)])
    func saysHowManyPairsAreNeeded(rate: Double, pairs: Int) throws {
        #expect(try RuleOfThree.impostorPairsNeeded(falseMatchRate: rate) == pairs)
        try RuleOfThree.check(falseMatchRate: rate, impostorPairs: pairs)
        #expect(throws: EvaluationError.unsupportedRate(rate, impostorPairs: pairs - 1, needed: pairs)) {
            try RuleOfThree.check(falseMatchRate: rate, impostorPairs: pairs - 1)
        }
    }

    @Test(arguments: [0, 1, -0.1, .nan, 2]) func refusesWhatIsNoRate(rate: Double) {
        #expect(throws: EvaluationError.self) { try RuleOfThree.check(falseMatchRate: rate, impostorPairs: 10) }
    }

    @Test func refusesAClaimThatThePairsCannotSupport() throws {
        let impostors = Drawn.comparisons(seed: 1, mated: 10, impostors: 3_000, steps: 1_000)
        let curve = try OperatingCurve(impostors)
        #expect(try curve.trueMatchRate(falseMatchRate: 1e-3).observedFalseMatchRate <= 1e-3)
        let error = #expect(throws: EvaluationError.self) { try curve.trueMatchRate(falseMatchRate: 1e-4) }
        #expect(
            error?.description == "3000 impostor pairs can't support a false match rate of 0.0001: it needs 30000")
    }
}
