import Testing

@testable import Evaluation

@Suite struct PairedComparisonTests {
    @Test func mcNemarKnowsSmallCases() {
        let none = McNemarTest(onlyFirstRight: 0, onlySecondRight: 0)
        #expect(none.exactP == 1 && none.midP == 1)
        // 2 · (1/2)⁵, and half of that.
        let five = McNemarTest(onlyFirstRight: 0, onlySecondRight: 5)
        #expect(isNear(five.exactP, 1 / 16.0, within: 1e-15) && isNear(five.midP, 1 / 32.0, within: 1e-15))
        let counted = McNemarTest(first: [true, true, false, false], second: [true, false, true, false])
        #expect(counted.onlyFirstRight == 1 && counted.onlySecondRight == 1 && counted.exactP == 1 && counted.midP == 1)
    }

    @Test(arguments: 0..<20) func mcNemarIsSymmetricAndOrdered(fewer: Int) {
        let test = McNemarTest(onlyFirstRight: fewer, onlySecondRight: 23)
        let turned = McNemarTest(onlyFirstRight: 23, onlySecondRight: fewer)
        #expect(test.exactP == turned.exactP && test.midP == turned.midP)
        #expect(test.midP <= test.exactP)
        #expect(test.exactP < McNemarTest(onlyFirstRight: fewer + 1, onlySecondRight: 23).exactP + 1e-15)
    }

    private let first = Drawn.comparisons(seed: 3, mated: 300, impostors: 300, steps: 400, people: 50)

    /// Returns the same pairs with a higher similarity of mated pairs.
    private func better(by gain: Float) -> [Comparison] {
        first.map { comparison in
            var comparison = comparison
            if comparison.isMated { comparison.similarity = comparison.similarity.map { min($0 + gain, 1) } }
            return comparison
        }
    }

    @Test func aSystemIsAsGoodAsItself() throws {
        let comparison = try PairedComparison(
            first: first, second: first, thresholds: (0.4, 0.4), statistics: [.areaUnderCurve, .foldAccuracy],
            rounds: 50)
        #expect(comparison.mcNemar.exactP == 1 && comparison.people == 50)
        for difference in comparison.differences {
            #expect(difference.difference == 0 && difference.p == 1)
            #expect(difference.interval.low == 0 && difference.interval.high == 0)
        }
    }

    @Test func aBetterSystemIsSeen() throws {
        let comparison = try PairedComparison(
            first: first, second: better(by: 0.1), thresholds: (0.4, 0.4),
            statistics: [
                .areaUnderCurve, .equalErrorRate, .trueMatchRate(falseMatchRate: 0.02),
                .falseNonMatchRate(threshold: 0.4), .falseMatchRate(threshold: 0.4),
            ], rounds: 400)
        #expect(comparison.mcNemar.onlyFirstRight == 0 && comparison.mcNemar.midP < 1e-4)
        #expect(comparison.differences.map { $0.difference > 0 } == [true, false, true, false, false])
        #expect(comparison.differences[0].interval.low > 0 && comparison.differences[0].p < 0.01)
        #expect(comparison.differences[1].interval.high < 0)
        // Impostors are the same for both.
        #expect(comparison.differences[4].difference == 0)
    }

    @Test func theDifferenceIsKnownBetterThanEither() throws {
        let second = better(by: 0.02)
        let comparison = try PairedComparison(
            first: first, second: second, thresholds: (0.4, 0.4), statistics: [.areaUnderCurve], rounds: 300)
        let alone = try SubjectBootstrap(first, rates: [], rounds: 300).auc
        let interval = comparison.differences[0].interval
        #expect(interval.high - interval.low < (alone.high - alone.low) / 2)
        #expect(interval.low > 0)
    }

    @Test func thePairsMustBeTheSame() {
        var other = first
        other[7].isMated.toggle()
        #expect(throws: EvaluationError.differentPairs(comparison: 7)) {
            try PairedComparison(first: first, second: other, thresholds: (0, 0), rounds: 1)
        }
        #expect(throws: EvaluationError.differentPairs(comparison: 599)) {
            try PairedComparison(first: first, second: Array(first.dropLast()), thresholds: (0, 0), rounds: 1)
        }
    }

    @Test func anyStatisticHasAnInterval() throws {
        // Forty people, of whom a quarter always fails: the share's interval is the binomial one of forty.
        let subjects = (0..<400).map { "\($0 % 40)" }
        var resampling = SubjectResampling(subjects: subjects)
        let drawn = try resampling.interval(rounds: 2000) { weights in
            let all = weights.reduce(0, +)
            return Double(zip(subjects, weights).reduce(0) { $0 + ((Int($1.0) ?? 0) < 10 ? $1.1 : 0) }) / Double(all)
        }
        let interval = try #require(drawn)
        let exact = try BinomialInterval(successes: 10, of: 40)
        #expect(isNear(interval.low, exact.low, within: 0.03) && isNear(interval.high, exact.high, within: 0.03))
        #expect(throws: EvaluationError.invalidRate(1)) { try resampling.interval(level: 1) { _ in 0 } }
        #expect(try resampling.interval(rounds: 3) { _ in nil } == nil)
    }

    @Test func aContrastHasTheRatesThatThePairsSupport() throws {
        let second = better(by: 0.1)
        let contrast = try SystemContrast(first: first, second: second, rates: [0.1, 0.02, 1e-3], rounds: 50)
        #expect(contrast.decisions.map(\.falseMatchRate) == [0.1, 0.02], "300 impostor pairs are too few for 0.001")
        let curve = try OperatingCurve(first)
        for decision in contrast.decisions {
            let paired = try PairedComparison(
                first: first, second: second, thresholds: (decision.firstThreshold, decision.secondThreshold),
                statistics: [.areaUnderCurve], rounds: 50)
            let threshold = try curve.threshold(falseMatchRate: decision.falseMatchRate)
            #expect(decision.firstThreshold == threshold)
            #expect(decision.mcNemar == paired.mcNemar)
            #expect(contrast.differences.first == paired.differences.first)
        }
        #expect(
            contrast.differences.map(\.statistic) == ["AUC", "EER", "TAR at FMR 0.1", "TAR at FMR 0.02", "accuracy"])
        #expect(contrast.rounds == 50 && contrast.people == 50)
    }

    @Test func aContrastOfNobodyHasDecisionsAlone() throws {
        let nameless = Drawn.comparisons(seed: 4, mated: 100, impostors: 100, steps: 50)
        let contrast = try SystemContrast(first: nameless, second: nameless, rates: [0.1])
        #expect(contrast.differences.isEmpty && contrast.people == 0 && contrast.rounds == 0)
        #expect(contrast.decisions.map(\.mcNemar.exactP) == [1])
        #expect(throws: EvaluationError.differentPairs(comparison: 199)) {
            try SystemContrast(first: nameless, second: Array(nameless.dropLast()), rates: [0.1])
        }
    }
}
