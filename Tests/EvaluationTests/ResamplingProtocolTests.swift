import Testing

@testable import Evaluation

@Suite struct ResamplingProtocolTests {
    private let labels = (0..<103).map { "p\($0 % 12)" }

    @Test func selfConsistencyMeasuresOnWhatWasLearned() throws {
        let splits = try ResamplingProtocol.selfConsistency.stratified(labels: labels, seed: 1)
        #expect(splits.count == 1 && splits[0].training == Array(0..<103) && splits[0].test == Array(0..<103))
    }

    @Test func theIndependentSetIsAFifth() throws {
        let splits = try ResamplingProtocol.independentSet(testShare: 0.2).stratified(labels: labels, seed: 1)
        let split = try #require(splits.first)
        #expect(splits.count == 1 && split.test.count == 20 && split.training.count == 83)
        #expect(Set(split.test).isDisjoint(with: split.training))
        // Each person has 8 or 9 pictures, of which one or two are held out.
        let kept = Dictionary(grouping: split.test) { labels[$0] }
        #expect(kept.count == 12 && kept.values.allSatisfy { (1...2).contains($0.count) })
    }

    @Test func foldsMeasureOnEverythingOnce() throws {
        let splits = try ResamplingProtocol.folds(10).stratified(labels: labels, seed: 2)
        #expect(splits.flatMap(\.test).sorted() == Array(0..<103))
        for split in splits {
            #expect((10...11).contains(split.test.count))
            #expect((split.test + split.training).sorted() == Array(0..<103))
        }
        #expect(try ResamplingProtocol.folds(10).stratified(labels: labels, seed: 2) == splits)
        #expect(try ResamplingProtocol.folds(10).stratified(labels: labels, seed: 3) != splits)
    }

    @Test(arguments: [ResamplingProtocol.independentSet(testShare: 0.25), .folds(4)])
    func nobodyIsOnBothSides(division: ResamplingProtocol) throws {
        for split in try division.subjectDisjoint(labels: labels, seed: 7) {
            #expect(Set(split.training.map { labels[$0] }).isDisjoint(with: split.test.map { labels[$0] }))
            #expect(Set(split.test.map { labels[$0] }).count == 3)
        }
    }

    @Test func refusesEmptyParts() {
        #expect(throws: EvaluationError.invalidRate(1)) {
            try ResamplingProtocol.independentSet(testShare: 1).stratified(labels: labels, seed: 1)
        }
        #expect(throws: EvaluationError.tooFewSamples(needed: 20)) {
            try ResamplingProtocol.folds(20).subjectDisjoint(labels: labels, seed: 1)
        }
        #expect(throws: EvaluationError.self) {
            try ResamplingProtocol.independentSet(testShare: 0.2).stratified(labels: ["a"], seed: 1)
        }
    }

    @Test func verificationTakesItsThresholdFromOtherPeople() throws {
        let comparisons = Drawn.comparisons(seed: 9, mated: 600, impostors: 3000, steps: 100, people: 30)
        let consistent = try ResampledVerification(comparisons, division: .selfConsistency)
        let folds = try ResampledVerification(comparisons, division: .folds(3), seeds: [1, 2, 3, 4, 5])
        let independent = try ResampledVerification(
            comparisons, division: .independentSet(testShare: 0.4), seeds: [1, 2])
        #expect(consistent.runs.count == 1 && folds.runs.count == 15 && independent.runs.count == 2)
        #expect(folds.accuracyBySeed.runs == 5 && folds.accuracy.runs == 15)
        // The best threshold for all parts is nowhere better than the best of each part.
        #expect(consistent.accuracy.mean > folds.accuracy.mean - 0.05)
        #expect(isNear(consistent.areaUnderCurve.mean, try OperatingCurve(comparisons).areaUnderCurve, within: 1e-15))
        // Pairs between the sides are left out.
        #expect(folds.runs.prefix(3).allSatisfy { $0.counts.total < comparisons.count / 3 })
    }

    @Test func selfConsistencyIsTheBestThereIs() throws {
        let comparisons = Drawn.comparisons(seed: 10, mated: 100, impostors: 100, steps: 30, people: 10)
        let accuracy = try ResampledVerification(comparisons, division: .selfConsistency).accuracy.mean
        for step in -40...40 {
            let counts = BinaryCounts(comparisons, threshold: Float(step) / 30)
            #expect(counts.accuracy.map { $0 <= accuracy } == true)
        }
    }

    @Test func aSummaryHasFiveNumbers() throws {
        let summary = try RunSummary([3, 1, 2, 6], smallerIsBetter: true)
        #expect(summary.best == 1 && summary.worst == 6 && summary.mean == 3 && summary.median == 2.5)
        #expect(summary.standardDeviation.map { isNear($0, (14 / 3.0).squareRoot(), within: 1e-15) } == true)
        let one = try RunSummary([0.5])
        #expect(one.best == 0.5 && one.worst == 0.5 && one.standardDeviation == nil && one.interval == nil)
        #expect(throws: EvaluationError.noRuns) { try RunSummary([]) }
    }
}
