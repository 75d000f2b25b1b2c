import Evaluation
import Testing

@Suite("Rank-sum test")
struct RankSumTestTests {
    @Test("The values of SciPy's mannwhitneyu, asymptotic, with continuity correction")
    func golden() {
        let apart = RankSumTest([1, 2, 3, 4, 5, 6, 7, 8], [5, 6, 7, 8, 9, 10, 11, 12.5])
        #expect(apart.statistic == 8)
        #expect(abs(apart.p - 0.013_313_002_763_8) < 1e-9)
        let tied = RankSumTest([0, 0, 0, 1, 2, 3], [0, 1, 1, 1, 4, 5, 6])
        #expect(tied.statistic == 12)
        #expect(abs(tied.p - 0.211_633_604_303_1) < 1e-9)
    }

    @Test("Equal samples have no significant difference; the order of the samples does not matter")
    func symmetric() {
        #expect(RankSumTest([1, 1, 1], [1, 1, 1]).p == 1)
        let (a, b) = ([3.0, 1, 4, 1, 5], [9.0, 2, 6, 5, 3])
        #expect(RankSumTest(a, b).p == RankSumTest(b, a).p)
        #expect(RankSumTest(a, b).statistic + RankSumTest(b, a).statistic == 25)
    }

    @Test("Ties share their rank; Holm's correction keeps the order and never exceeds one")
    func ranksAndHolm() {
        #expect(RankSumTest.ranks(of: [10, 20, 10, 5]) == [2.5, 4, 2.5, 1])
        #expect(RankSumTest.holm([0.01, 0.04, 0.03, 0.5]) == [0.04, 0.09, 0.09, 0.5])
        #expect(RankSumTest.holm([0.9, 0.8]) == [1, 1])
    }
}
