import Testing

@testable import Evaluation

/// Agreement with scikit-learn and SciPy.
@Suite struct GoldenTests {
    private static let names = [
        "usual", "ties", "failures", "mostlyFailed", "useless", "separated", "equal", "reversed",
    ]

    private func golden(_ name: String) throws -> Golden.Case { try #require(try Golden.curves()[name]) }

    @Test(arguments: names) func summaries(name: String) throws {
        let golden = try golden(name)
        let curve = try OperatingCurve(golden.comparisons)
        #expect(isNear(curve.areaUnderCurve, golden.expected.auc))
        #expect(isNear(curve.equalErrorRate, golden.expected.eer))
    }

    @Test(arguments: names) func points(name: String) throws {
        let golden = try golden(name)
        let points = try OperatingCurve(golden.comparisons).points
        #expect(points.map(\.threshold) == golden.expected.roc.threshold)
        #expect(zip(points, golden.expected.roc.falseMatchRate).allSatisfy { isNear($0.falseMatchRate, $1) })
        #expect(zip(points, golden.expected.roc.trueMatchRate).allSatisfy { isNear($0.trueMatchRate, $1) })
    }

    @Test(arguments: names) func trueMatchRates(name: String) throws {
        let golden = try golden(name)
        let curve = try OperatingCurve(golden.comparisons)
        for rate in golden.expected.tar {
            let point = curve.point(at: curve.thresholdUnchecked(falseMatchRate: rate.fmr))
            #expect(point.falseMatchRate <= rate.fmr)
            #expect(isNear(point.trueMatchRate, rate.value))
        }
    }

    @Test(arguments: names) func accuracy(name: String) throws {
        let golden = try golden(name)
        let accuracy = try FoldAccuracy(golden.comparisons)
        let expected = golden.expected.accuracy
        #expect(accuracy.folds.map(\.threshold) == expected.thresholds)
        #expect(zip(accuracy.folds, expected.folds).allSatisfy { isNear($0.accuracy, $1) })
        #expect(isNear(accuracy.mean, expected.mean))
        #expect(isNear(accuracy.standardError, expected.standardError))
    }

    @Test func incompleteBeta() throws {
        let values = try Golden.binomial().incompleteBeta
        #expect(values.count > 200)
        for golden in values {
            let value = IncompleteBeta(a: golden.a, b: golden.b)(golden.x)
            #expect(isNear(value, golden.value, within: 1e-10 * max(golden.value, 1e-3)), "\(golden): \(value)")
        }
    }

    @Test func clopperPearson() throws {
        let intervals = try Golden.binomial().clopperPearson
        #expect(intervals.count == 42)
        for golden in intervals {
            let interval = try BinomialInterval(successes: golden.successes, of: golden.trials, level: golden.level)
            #expect(isNear(interval.low, golden.low, within: 1e-10 * max(golden.low, 1e-6)), "\(golden): \(interval)")
            #expect(
                isNear(interval.high, golden.high, within: 1e-10 * max(golden.high, 1e-6)), "\(golden): \(interval)")
        }
    }
}
