import LikenessSupport
import Testing

@testable import Evaluation

@Suite struct AllPairsReportTests {
    private struct Pictures {
        var embeddings: [Float] = []
        var labels: [Int] = []
        let dimension: Int

        init(seed: UInt64, count: Int, people: Int, dimension: Int, levels: Float?) {
            self.dimension = dimension
            var random = SplitMix64(state: seed)
            for _ in 0..<count {
                var values = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
                if let levels { values = values.map { ($0 * levels).rounded() + 0.25 } }
                let length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
                embeddings += values.map { Float(Double($0) / length) }
                labels.append(Int.random(in: 0..<people, using: &random))
            }
        }

        var comparisons: [Comparison] {
            labels.indices.flatMap { a in
                (a + 1..<labels.count).map { b in
                    var sum: Float = 0
                    for index in 0..<dimension {
                        sum += embeddings[a * dimension + index] * embeddings[b * dimension + index]
                    }
                    return Comparison(similarity: min(max(sum, -1), 1), isMated: labels[a] == labels[b])
                }
            }
        }
    }

    /// Few levels and two values give many ties, also between mated and impostor pairs.
    @Test(arguments: [(16, nil), (2, 1), (3, 2)] as [(Int, Float?)])
    func isWhatASortedListGives(dimension: Int, levels: Float?) async throws {
        let pictures = Pictures(seed: 8, count: 150, people: 20, dimension: dimension, levels: levels)
        let report = try await AllPairsReport(
            embeddings: pictures.embeddings, dimension: dimension, labels: pictures.labels, rates: [0.1, 0.01],
            workers: 3)
        let curve = try OperatingCurve(pictures.comparisons)
        #expect(isNear(report.areaUnderCurve, curve.areaUnderCurve, within: 1e-12))
        #expect(isNear(report.equalErrorRate, curve.equalErrorRate, within: 1e-12))
        #expect(report.calibration.matedPairs == curve.matedPairs)
        #expect(report.histogram == SimilarityHistogram(pictures.comparisons))
        for point in report.calibration.points {
            #expect(point.threshold == curve.thresholdUnchecked(falseMatchRate: point.falseMatchRate))
        }
        for point in report.tradeoff.points {
            let exact = curve.point(at: point.threshold)
            #expect(exact.falseMatches == point.falseMatchRate.count)
            #expect(curve.matedPairs - exact.matches == point.falseNonMatchRate.count)
        }
    }

    @Test func theWorstPairsAreThoseOfASortedList() async throws {
        let pictures = Pictures(seed: 5, count: 150, people: 20, dimension: 8, levels: nil)
        let worst = try await WorstPairs(
            embeddings: pictures.embeddings, dimension: 8, labels: pictures.labels, atMost: 6, workers: 3)
        let comparisons = pictures.comparisons
        let places = pictures.labels.indices.flatMap { a in (a + 1..<pictures.labels.count).map { (a, $0) } }
        func expected(mated: Bool) -> [WorstPairs.Pair] {
            var seen: Set<Set<Int>> = []
            let sorted = places.indices.filter { comparisons[$0].isMated == mated }.sorted {
                let (a, b) = (comparisons[$0].similarity ?? 0, comparisons[$1].similarity ?? 0)
                return mated ? a < b : a > b
            }
            let ofPeople = sorted.filter { place in
                seen.insert([pictures.labels[places[place].0], pictures.labels[places[place].1]]).inserted
            }
            return ofPeople.prefix(6).map {
                WorstPairs.Pair(
                    first: places[$0].0, second: places[$0].1, similarity: comparisons[$0].similarity ?? 0)
            }
        }
        #expect(worst.falseMatches == expected(mated: false))
        #expect(worst.falseNonMatches == expected(mated: true))
        let listed = WorstPairs.places(in: comparisons + [Comparison(similarity: nil, isMated: true)], atMost: 1)
        #expect(listed.falseMatches.map { comparisons[$0].similarity } == [worst.falseMatches[0].similarity])
        #expect(listed.falseNonMatches.map { comparisons[$0].similarity } == [worst.falseNonMatches[0].similarity])
    }

    @Test func needsBothKinds() async {
        await #expect(throws: EvaluationError.noMatedPairs) {
            try await AllPairsReport(embeddings: [1, 0, 0, 1], dimension: 2, labels: ["a", "b"])
        }
    }
}

@Suite struct DetectionErrorTradeoffTests {
    @Test func holdsTheCornersOfASmallCurve() throws {
        // By decreasing similarity: mated, mated, impostor, impostor, mated, impostor.
        let comparisons = [(0.9, true), (0.8, true), (0.7, false), (0.6, false), (0.5, true), (0.4, false)].map {
            Comparison(similarity: Float($0.0), isMated: $0.1)
        }
        let tradeoff = try DetectionErrorTradeoff(OperatingCurve(comparisons))
        #expect(tradeoff.points.map(\.threshold) == [0.8, 0.5])
        #expect(tradeoff.points.map(\.falseMatchRate.count) == [0, 2])
        #expect(tradeoff.points.map(\.falseNonMatchRate.count) == [1, 0])
    }

    @Test func isThinnedToObservedPoints() throws {
        let curve = try OperatingCurve(Drawn.comparisons(seed: 2, mated: 4000, impostors: 4000, steps: 100_000))
        let tradeoff = try DetectionErrorTradeoff(curve, atMost: 50)
        #expect((20...50).contains(tradeoff.points.count))
        for point in tradeoff.points {
            let observed = curve.point(at: point.threshold)
            #expect(observed.falseMatchRate == point.falseMatchRate.value)
            #expect(isNear(observed.falseNonMatchRate, point.falseNonMatchRate.value, within: 1e-12))
            #expect(point.falseMatchRate.low <= point.falseMatchRate.value)
            #expect(point.falseMatchRate.value <= point.falseMatchRate.high)
        }
        let rates = tradeoff.points.map(\.falseMatchRate.value)
        #expect(rates == rates.sorted() && rates.first == 0)
    }
}
