import Datasets
import Evaluation
import Testing

@Suite struct ErrorsAtThresholdTests {
    private let comparisons = [
        Comparison(similarity: 0.9, isMated: true), Comparison(similarity: 0.5, isMated: true),
        Comparison(similarity: 0.2, isMated: true), Comparison(similarity: nil, isMated: true),
        Comparison(similarity: 0.5, isMated: false), Comparison(similarity: 0.1, isMated: false),
        Comparison(similarity: nil, isMated: false),
    ]

    @Test func whatEqualsTheThresholdMatches() throws {
        let errors = try ErrorsAtThreshold(comparisons, threshold: 0.5)
        #expect(errors.falseNonMatchRate.errors == 2 && errors.falseNonMatchRate.pairs == 4)
        #expect(errors.falseNonMatchRate.value == 0.5)
        #expect(errors.falseMatchRate.errors == 1 && errors.falseMatchRate.pairs == 3)
    }

    @Test func picturesWithoutAFaceNeverMatch() throws {
        let errors = try ErrorsAtThreshold(comparisons, threshold: -2)
        #expect(errors.falseNonMatchRate.errors == 1 && errors.falseMatchRate.errors == 2)
    }

    @Test func intervalsAreClopperAndPearsons() throws {
        let many = (0..<10).map { Comparison(similarity: $0 < 2 ? 0 : 1, isMated: true) }
        let errors = try ErrorsAtThreshold(
            many + [Comparison(similarity: 0, isMated: false)], threshold: 0.5)
        // Two of ten: 2.52 to 55.61 %.
        #expect(abs(errors.falseNonMatchRate.low - 0.0252) < 1e-4)
        #expect(abs(errors.falseNonMatchRate.high - 0.5561) < 1e-4)
    }

    @Test func bothKindsAreNeeded() {
        #expect(throws: EvaluationError.self) { try ErrorsAtThreshold([comparisons[0]], threshold: 0) }
        #expect(throws: EvaluationError.self) { try ErrorsAtThreshold([comparisons[5]], threshold: 0) }
    }

    @Test func theReportCountsAtEachThreshold() throws {
        let report = try PairsReport(comparisons, folding: .given, rates: [], thresholds: [0.5, 0.95])
        #expect(report.atThresholds.map(\.falseNonMatchRate.errors) == [2, 4])
        #expect(report.table.contains("FNMR at threshold 0.5000"))
    }
}
