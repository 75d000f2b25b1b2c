import LikenessSupport
import Testing

@testable import Evaluation

@Suite("Error-versus-discard curves") struct ErrorDiscardTests {
    /// Returns faces of some people, with a score each, and all mated pairs; faces below 0.3 never match.
    private func drawn(
        people: Int, each: Int, seed: UInt64, scores: (inout SplitMix64) -> Float
    ) -> (values: [Float], pairs: MatedPairs) {
        var random = SplitMix64(state: seed)
        let names = (0..<people * each).map { "person \($0 / each)" }
        let values = names.map { _ in scores(&random) }
        var pairs: [MatedPairs.Pair] = []
        for first in names.indices {
            for second in names.indices where second > first && names[first] == names[second] {
                let isBad = min(values[first], values[second]) < 0.3
                pairs.append(MatedPairs.Pair(first, second, isFalseNonMatch: isBad))
            }
        }
        return (values, MatedPairs(people: names, pairs: pairs))
    }

    @Test("Each point counts the pairs of the remaining faces", arguments: 1...20 as ClosedRange<UInt64>)
    func counted(seed: UInt64) {
        var random = SplitMix64(state: seed &+ 99)
        let (values, pairs) = drawn(
            people: 2 + Int.random(in: 0..<9, using: &random), each: 1 + Int.random(in: 0..<7, using: &random),
            seed: seed
        ) { Float($0.unit()) }
        let shares = [0, 0.05, 0.2, 0.5, 0.97]
        let curve = ErrorDiscardCurve(scores: values, of: pairs, shares: shares, seed: seed)
        for (share, point) in zip(shares, curve.points) {
            let refused = Int((share * Double(values.count)).rounded())
            let worst = Set(values.indices.sorted { values[$0] < values[$1] }.prefix(refused))
            let left = pairs.pairs.filter { !worst.contains($0.first) && !worst.contains($0.second) }
            #expect(point.share == share && point.refused == refused && point.matedPairs == left.count)
            #expect(point.falseNonMatches == left.count(where: \.isFalseNonMatch))
            #expect((point.falseNonMatchRate == nil) == left.isEmpty)
        }
    }

    @Test("Among equal scores, the refused faces are chosen at random, so that the rate stays about the same")
    func ties() throws {
        let (values, pairs) = drawn(people: 40, each: 10, seed: 3) { Float($0.unit()) }
        let constant = [Float](repeating: 0.5, count: values.count)
        var falls: [Double] = []
        for seed in 1...30 as ClosedRange<UInt64> {
            let curve = ErrorDiscardCurve(scores: constant, of: pairs, shares: [0, 0.2], seed: seed)
            let rates = try curve.points.map { try #require($0.falseNonMatchRate) }
            falls.append(1 - rates[1] / rates[0])
        }
        #expect(abs(falls.reduce(0, +) / 30) < 0.02)
        #expect(Set(falls).count > 20)
    }

    @Test("A score that knows the bad faces removes all errors; a useless one none, and the intervals show it")
    func report() throws {
        let (values, pairs) = drawn(people: 60, each: 6, seed: 7) { $0.unit() < 0.1 ? 0.1 : 0.5 + Float($0.unit()) / 2 }
        var random = SplitMix64(state: 5)
        let useless = values.map { _ in Float(random.unit()) }
        let report = try ErrorDiscardReport(
            [("quality", values), ("useless", useless)], of: pairs, shares: [0.05, 0.2], rounds: 200)
        #expect(report.faces == 360 && report.people == 60 && report.matedPairs == 60 * 15)
        #expect(report.falseNonMatches == pairs.pairs.count(where: \.isFalseNonMatch))
        let (quality, other) = (report.criteria[0], report.criteria[1])
        #expect(quality.falls[0] == 0 && quality.falls[2] == 1)
        let five = try #require(quality.fallIntervals[1]), fall = try #require(quality.falls[1])
        #expect(five.low < fall && fall < five.high && five.low > 0.2 && fall < 1)
        let none = try #require(other.fallIntervals[2])
        let otherFall = try #require(other.falls[2])
        #expect(none.low < 0.1 && none.high > -0.1 && abs(otherFall) < 0.2)
        let lead = try #require(other.leadIntervals[2])
        let difference = try #require(other.leads[2])
        #expect(lead.low > 0.5 && abs(difference - (1 - otherFall)) < 1e-12)
        #expect(quality.leads.allSatisfy { $0 == nil } && quality.leadIntervals.allSatisfy { $0 == nil })
        #expect(try ErrorDiscardReport([("a", values)], of: pairs, rounds: 0).criteria[0].fallIntervals[1] == nil)
    }

    @Test("Without errors there is no fall; without mated pairs there is no report")
    func empty() throws {
        let pairs = MatedPairs(people: ["a", "a", "b"], pairs: [MatedPairs.Pair(0, 1, isFalseNonMatch: false)])
        let report = try ErrorDiscardReport([("quality", [1, 2, 3])], of: pairs, shares: [0.5], rounds: 10)
        #expect(report.criteria[0].falls == [0, nil] && report.criteria[0].fallIntervals == [nil, nil])
        #expect(throws: EvaluationError.noMatedPairs) {
            try ErrorDiscardReport([("quality", [1])], of: MatedPairs(people: ["a"], pairs: []))
        }
    }

    @Test("Rank correlations are those of SciPy 1.17")
    func ranks() throws {
        let x: [Float] = [3, 1, 4, 1, 5, 9, 2, 6], y: [Float] = [2, 7, 1, 8, 2, 8, 1, 8]
        let known = try #require(rankCorrelation(x, y))
        #expect(abs(known - 0.198_853_681) < 1e-6)
        #expect(rankCorrelation([1, 2, 3], [10, 20, 40]) == 1 && rankCorrelation([1, 2, 3], [3, 2, 1]) == -1)
        #expect(rankCorrelation([1], [1]) == nil && rankCorrelation([], []) == nil)
        #expect(rankCorrelation([1, 1], [1, 2]) == nil)
    }
}
