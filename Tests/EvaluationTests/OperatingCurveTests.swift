import Testing

@testable import Evaluation

@Suite struct OperatingCurveTests {
    /// Comparisons by decreasing similarity: mated 0.9, impostor 0.8, mated 0.7, one of each at 0.5, impostor 0.1; a
    /// mated failure.
    private let known: [Comparison] = [
        Comparison(similarity: 0.5, isMated: true), Comparison(similarity: 0.8, isMated: false),
        Comparison(similarity: nil, isMated: true), Comparison(similarity: 0.1, isMated: false),
        Comparison(similarity: 0.9, isMated: true), Comparison(similarity: 0.5, isMated: false),
        Comparison(similarity: 0.7, isMated: true),
    ]

    @Test func knowsItsPoints() throws {
        let curve = try OperatingCurve(known)
        #expect(curve.matedPairs == 4 && curve.impostorPairs == 3)
        #expect(curve.failedMatedPairs == 1 && curve.failedImpostorPairs == 0)
        #expect(curve.points.map(\.threshold) == [0.9, 0.8, 0.7, 0.5, 0.1])
        #expect(curve.points.map(\.matches) == [1, 1, 2, 3, 3])
        #expect(curve.points.map(\.falseMatches) == [0, 1, 1, 2, 3])
        #expect(curve.points.last?.falseNonMatchRate == 0.25)
        #expect(curve.point(at: 0.6).matches == 2)
    }

    @Test func knowsItsSummaries() throws {
        let curve = try OperatingCurve(known)
        // 0.9 is above three impostors, 0.7 above two, 0.5 above one and a half, the failure above none; of 12 pairs.
        #expect(isNear(curve.areaUnderCurve, 6.5 / 12))
        // From (1/3, 1/2) to (2/3, 1/4), the gap goes from 1/6 to −5/12, so 2/7 of the distance.
        #expect(isNear(curve.equalErrorRate, 1 / 3.0 + 2 / 7.0 / 3))
    }

    @Test func choosesTheSmallestThreshold() throws {
        let curve = try OperatingCurve(known)
        #expect(curve.thresholdUnchecked(falseMatchRate: 0.2) == Float(0.8).nextUp)
        #expect(curve.thresholdUnchecked(falseMatchRate: 0.34) == Float(0.5).nextUp)
        #expect(curve.thresholdUnchecked(falseMatchRate: 0.99) == Float(0.1).nextUp)
        #expect(curve.thresholdUnchecked(falseMatchRate: 1) == 0.1)
    }

    @Test func keepsARateThatIsMetExactly() throws {
        let impostors = (1...100).map { Comparison(similarity: Float($0) / 100, isMated: false) }
        let curve = try OperatingCurve(impostors + [Comparison(similarity: 0.715, isMated: true)])
        for rate in stride(from: 0.05, to: 0.99, by: 0.01) {
            let rounded = (rate * 100).rounded() / 100
            let threshold = try curve.threshold(falseMatchRate: rounded)
            #expect(curve.point(at: threshold).falseMatches == Int((rounded * 100).rounded()))
        }
        #expect(try curve.trueMatchRate(falseMatchRate: 0.29).value == 1)
        #expect(try curve.trueMatchRate(falseMatchRate: 0.28).value == 0)
    }

    @Test(arguments: 1...40) func agreesWithBruteForce(seed: UInt64) throws {
        let comparisons = Drawn.comparisons(
            seed: seed, mated: 5 + Int(seed), impostors: 45 - Int(seed), steps: seed % 2 == 0 ? 6 : 1000,
            failed: seed % 3 == 0 ? 5 : 0)
        let curve = try OperatingCurve(comparisons)
        let mated = comparisons.filter(\.isMated).map { $0.similarity ?? -.infinity }
        let impostors = comparisons.filter { !$0.isMated }.map { $0.similarity ?? -.infinity }
        var wins = 0.0
        for m in mated { for i in impostors { wins += m > i ? 1 : m == i ? 0.5 : 0 } }
        #expect(isNear(curve.areaUnderCurve, wins / Double(mated.count * impostors.count), within: 1e-12))
        for rate in [0.07, 0.1, 0.25, 0.5] {
            let threshold = curve.thresholdUnchecked(falseMatchRate: rate)
            let share = { (threshold: Float) in Double(impostors.count { $0 >= threshold }) / Double(impostors.count) }
            #expect(share(threshold) <= rate)
            #expect(share(threshold.nextDown) > rate || threshold == (mated + impostors).filter(\.isFinite).min())
        }
    }

    @Test(arguments: 1...20) func isMonotonic(seed: UInt64) throws {
        let comparisons = Drawn.comparisons(seed: seed, mated: 60, impostors: 80, steps: 12, failed: 9)
        let points = try OperatingCurve(comparisons).points
        for (higher, lower) in zip(points, points.dropFirst()) {
            #expect(higher.threshold > lower.threshold)
            #expect(higher.falseMatchRate <= lower.falseMatchRate && higher.trueMatchRate <= lower.trueMatchRate)
        }
        // A higher similarity of mated pairs can only lower the equal error rate and increase the area.
        let curve = try OperatingCurve(comparisons)
        let better = try OperatingCurve(
            comparisons.map { comparison in
                var shifted = comparison
                if comparison.isMated { shifted.similarity = comparison.similarity.map { $0 + 0.1 } }
                return shifted
            })
        #expect(better.equalErrorRate <= curve.equalErrorRate)
        #expect(better.areaUnderCurve >= curve.areaUnderCurve)
        // The result does not depend on the order or the scale.
        let other = try OperatingCurve(
            comparisons.reversed().map { Comparison(similarity: $0.similarity.map { $0 * 4 + 1 }, isMated: $0.isMated) }
        )
        #expect(other.areaUnderCurve == curve.areaUnderCurve && other.equalErrorRate == curve.equalErrorRate)
    }

    @Test(arguments: 1...10) func countsWeightsAsRepetitions(seed: UInt64) throws {
        let comparisons = Drawn.comparisons(seed: seed, mated: 30, impostors: 40, steps: 20, failed: 6)
        let weights = comparisons.indices.map { ($0 * 7 + Int(seed)) % 4 }
        let repeated = zip(comparisons, weights).flatMap { Array(repeating: $0, count: $1) }
        let weighted = try OperatingCurve(RankedComparisons(comparisons), weights: weights)
        let curve = try OperatingCurve(repeated)
        #expect(weighted.matedPairs == curve.matedPairs && weighted.failedImpostorPairs == curve.failedImpostorPairs)
        #expect(weighted.areaUnderCurve == curve.areaUnderCurve)
        #expect(isNear(weighted.equalErrorRate, curve.equalErrorRate, within: 1e-15))
        let folds = try FoldAccuracy(RankedComparisons(comparisons), weights: weights)
        #expect(folds == (try FoldAccuracy(repeated)))
    }

    @Test func refusesWhatCannotBeMeasured() throws {
        let mated = Comparison(similarity: 0.5, isMated: true), impostor = Comparison(similarity: 0.5, isMated: false)
        #expect(throws: EvaluationError.noImpostorPairs) { try OperatingCurve([mated]) }
        #expect(throws: EvaluationError.noMatedPairs) { try OperatingCurve([impostor]) }
        #expect(throws: EvaluationError.noMatedPairs) { try OperatingCurve([]) }
        #expect(throws: EvaluationError.invalidSimilarity(comparison: 2)) {
            try OperatingCurve([mated, impostor, Comparison(similarity: .nan, isMated: true)])
        }
        #expect(throws: EvaluationError.invalidSimilarity(comparison: 0)) {
            try OperatingCurve([Comparison(similarity: .infinity, isMated: false), mated])
        }
    }

    @Test func takesMinusInfinityForAFailure() throws {
        var failed = Comparison(similarity: -.infinity, isMated: true)
        #expect(failed.similarity == nil)
        failed.similarity = -.infinity
        let curve = try OperatingCurve([failed, Comparison(similarity: 0.5, isMated: false)])
        #expect(curve.failedMatedPairs == 1)
        #expect(curve.points.count == 1)
        #expect(curve.areaUnderCurve == 0 && curve.equalErrorRate == 1)
    }

    @Test func measuresWhereEverythingFailed() throws {
        let curve = try OperatingCurve([
            Comparison(similarity: nil, isMated: true), Comparison(similarity: nil, isMated: false),
        ])
        #expect(curve.points.isEmpty)
        #expect(curve.areaUnderCurve == 0.5 && curve.equalErrorRate == 0.5)
        #expect(curve.point(at: -1).matches == 0)
    }
}
