import Testing

@testable import Evaluation

@Suite("Paired tests of runs") struct PairedRunsTestTests {
    private let first = [0.61, 0.55, 0.70, 0.64, 0.58]
    private let second = [0.66, 0.57, 0.69, 0.71, 0.65]

    @Test("The values of SciPy's ttest_rel") func agreesWithSciPy() throws {
        let test = try PairedRunsTest(first, second)
        #expect(abs(test.difference - 0.04) < 1e-12)
        #expect(abs(test.p - 0.06119881963751255) < 1e-9)
        #expect(abs(test.interval.low - -0.0030125026163606503) < 1e-9)
        #expect(abs(test.interval.high - 0.08301250261636064) < 1e-9)
    }

    @Test("Overlapping training sets of folds reduce the significance") func overlap() throws {
        // By NumPy: t = mean / √(variance (1/5 + 1/4)), with SciPy's t distribution.
        let test = try PairedRunsTest(first, second, overlap: 0.25)
        #expect(abs(test.difference - 0.04) < 1e-12)
        #expect(abs(test.p - 0.16030109745248416) < 1e-9)
        #expect(abs(test.interval.low - -0.024518753924540976) < 1e-9)
        #expect(abs(test.interval.high - 0.10451875392454096) < 1e-9)
    }

    @Test("Runs with the same difference each, and runs without a difference") func withoutVariance() throws {
        #expect(try PairedRunsTest([1, 2, 3], [2, 3, 4]).p == 0)
        #expect(try PairedRunsTest([1, 2, 3], [1, 2, 3]).p == 1)
    }

    @Test("A single run, and unequal numbers of runs, are refused") func faults() {
        #expect(throws: EvaluationError.noRuns) { try PairedRunsTest([1], [2]) }
        #expect(throws: EvaluationError.noRuns) { try PairedRunsTest([1, 2], [2, 3, 4]) }
        #expect(throws: EvaluationError.invalidRate(1)) { try PairedRunsTest([1, 2], [2, 3], level: 1) }
    }
}
