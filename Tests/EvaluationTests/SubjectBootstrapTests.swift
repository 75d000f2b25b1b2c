import Testing

@testable import Evaluation

@Suite struct SubjectBootstrapTests {
    private let comparisons = Drawn.comparisons(
        seed: 3, mated: 300, impostors: 600, steps: 500, failed: 50, people: 40)

    @Test func followsFromTheSeed() throws {
        let first = try SubjectBootstrap(comparisons, rates: [0.1], rounds: 50, seed: 7)
        #expect(try SubjectBootstrap(comparisons, rates: [0.1], rounds: 50, seed: 7) == first)
        #expect(try SubjectBootstrap(comparisons, rates: [0.1], rounds: 50, seed: 8).auc != first.auc)
        #expect(first.people == 40 && first.rounds == 50)
    }

    @Test func surroundsWhatWasMeasured() throws {
        let curve = try OperatingCurve(comparisons)
        let bootstrap = try SubjectBootstrap(comparisons, rates: [0.1], rounds: 300)
        #expect(bootstrap.auc.low < curve.areaUnderCurve && curve.areaUnderCurve < bootstrap.auc.high)
        #expect(bootstrap.eer.low < curve.equalErrorRate && curve.equalErrorRate < bootstrap.eer.high)
        let accuracy = try #require(bootstrap.accuracy), mean = try FoldAccuracy(comparisons).mean
        #expect(accuracy.low < mean && mean < accuracy.high)
        let rate = try #require(bootstrap.tar.first), value = try curve.trueMatchRate(falseMatchRate: 0.1).value
        #expect(rate.low < value && value < rate.high)
    }

    @Test func isWiderWherePairsShareFewPeople() throws {
        // The same similarities, which depend on the person; only the names differ.
        func interval(people: Int) throws -> SubjectBootstrap.Interval {
            let mated = (0..<200).map { index in
                let person = "\(index % people)"
                return Comparison(
                    similarity: index % people % 4 == 0 ? 0.3 : 0.9, isMated: true, personA: person, personB: person)
            }
            let impostors = (0..<200).map { index in
                Comparison(
                    similarity: 0.5, isMated: false, personA: "\(index % people)", personB: "\((index + 1) % people)")
            }
            return try SubjectBootstrap(mated + impostors, rates: [], rounds: 400).auc
        }
        let many = try interval(people: 200), few = try interval(people: 20)
        #expect(few.high - few.low > 2 * (many.high - many.low))
        // 150 of 200 independent shares: within a percent of the normal approximation, with a width of 4 · 0.0306.
        #expect(isNear(many.high - many.low, 0.12, within: 0.02))
    }

    @Test func needsPeople() {
        let nameless = Drawn.comparisons(seed: 1, mated: 3, impostors: 3, steps: 10)
        #expect(throws: EvaluationError.noPeople) { try SubjectBootstrap(nameless, rates: [], rounds: 1) }
    }

    @Test func refusesAnUnsupportedRate() {
        #expect(throws: EvaluationError.unsupportedRate(1e-3, impostorPairs: 600, needed: 3_000)) {
            try SubjectBootstrap(comparisons, rates: [1e-3], rounds: 1)
        }
    }
}
