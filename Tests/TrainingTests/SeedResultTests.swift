import Testing

@testable import Training

@Suite struct SeedResultTests {
    private func result(_ seed: UInt64, _ measures: [String: Double]) -> SeedResult {
        SeedResult(seed: seed, steps: 10, bestStep: 10, stoppedEarly: false, seconds: 1, measures: measures)
    }

    @Test func aSummaryHasTheMeanAndTheSamplesDeviation() {
        let summary = RunSummary(
            task: "toy",
            seeds: [result(1, ["a": 1, "b": 2]), result(2, ["a": 2]), result(3, ["a": 6, "b": 1])])
        #expect(summary.measures.keys.sorted() == ["a"])
        #expect(summary.measures["a"]?.mean == 3)
        // ((1−3)² + (2−3)² + (6−3)²) / 2 = 7
        #expect(summary.measures["a"]?.deviation == 7.0.squareRoot())
        #expect(summary.measures["a"]?.values == [1, 2, 6])
    }

    @Test func oneSeedHasNoDeviation() {
        #expect(RunSummary(task: "toy", seeds: [result(1, ["a": 1])]).measures["a"]?.deviation == nil)
    }
}
