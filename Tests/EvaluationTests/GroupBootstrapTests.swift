import Foundation
import LikenessSupport
import Testing

@testable import Evaluation

@Suite struct GroupBootstrapTests {
    @Test func aRoundWeighsPairsByWhoWasDrawn() throws {
        // Three people in a group, the first with two pictures. One pair of the first and the second matches.
        var group = GroupBootstrap.Group(pictures: [(0, 2), (1, 1), (2, 1)])
        group.matches = [SIMD2(0, 1)]
        group.mated = [0: (total: 1, misses: 1)]
        let rounds = try GroupBootstrap([group]).rates(rounds: 400, seed: 2)
        // The rates of all possible draws, by how often the first, the second and the third person are drawn.
        var expected: Set<Double> = []
        for first in 0...3 {
            for second in 0...3 - first {
                let third = 3 - first - second
                let all = 2 * first * second + 2 * first * third + second * third
                if all > 0 { expected.insert(Double(first * second) / Double(all)) }
            }
        }
        let rates = rounds.compactMap { $0[0].falseMatch }
        #expect(Set(rates) == expected)
        // If all three draws are the same person, there is no pair of two.
        #expect(rates.count < 400 && rates.count > 320)
        #expect(Set(rounds.compactMap { $0[0].falseNonMatch }) == [1])
        #expect(rounds.contains { $0[0].falseNonMatch == nil })
    }

    /// Compares a bootstrap with one that is recomputed here from every comparison.
    @Test func intervalsAgreeWithDrawingEveryComparison() async throws {
        var random = SplitMix64(state: 5), vectors: [[Float]?] = [], people: [String?] = [], groups: [String?] = []
        for index in 0..<90 {
            let angle = Double.random(in: 0..<360, using: &random) * .pi / 180
            vectors.append(index % 17 == 0 ? nil : [Float(cos(angle)), Float(sin(angle))])
            people.append("\(Int.random(in: 0..<30, using: &random))")
            groups.append(["a", "b"][Int(people[index] ?? "").map { $0 % 2 } ?? 0])
        }
        let all = try GroupComparisons(embeddings: vectors, dimension: 2, people: people)
        let errors = try await all.errors(
            groups: groups, threshold: 0.8, bootstrapRounds: 300, seed: 4, workers: 2)
        let plain = try await all.errors(groups: groups, threshold: 0.8)
        #expect(errors.groups.map(\.falseMatchRate) == plain.groups.map(\.falseMatchRate))
        #expect(plain.bootstrapRounds == nil && errors.bootstrapRounds == 300)
        // The same draws: people numbered in order of first occurrence, each drawn by number.
        var numbers: [String: Int] = [:]
        for person in people { if let person, numbers[person] == nil { numbers[person] = numbers.count } }
        var draw = SplitMix64(state: 4), rates: [[Double]] = [[], []], ratios: [Double] = []
        for _ in 0..<300 {
            var drawn = Array(repeating: 0, count: numbers.count)
            for _ in drawn { drawn[Int.random(in: 0..<drawn.count, using: &draw)] += 1 }
            var matches = [0, 0], pairs = [0, 0]
            for first in 0..<90 {
                for second in first + 1..<90 where groups[first] == groups[second] && people[first] != people[second] {
                    let group = groups[first] == "a" ? 0 : 1
                    let weight =
                        drawn[numbers[people[first] ?? ""] ?? 0] * drawn[numbers[people[second] ?? ""] ?? 0]
                    pairs[group] += weight
                    guard let a = vectors[first], let b = vectors[second] else { continue }
                    if a[0] * b[0] + a[1] * b[1] >= 0.8 { matches[group] += weight }
                }
            }
            let round = zip(matches, pairs).map { Double($0) / Double($1) }
            for index in 0..<2 { rates[index].append(round[index]) }
            let worst = errors.falseMatchInequity?.worst == "a" ? 0 : 1
            ratios.append(round[worst] / round[1 - worst])
        }
        for index in 0..<2 {
            #expect(errors.groups[index].falseMatchInterval == SubjectBootstrap.Interval(rates[index], level: 0.95))
        }
        let inequity = try #require(errors.falseMatchInequity)
        #expect(inequity.ratioToBestInterval == SubjectBootstrap.Interval(ratios, level: 0.95))
        #expect(inequity.ratioToGeometricMeanInterval != nil)
    }

    @Test func aRatioToARateThatIsOftenNothingHasNoUpperEnd() async throws {
        // In y, one pair of twenty people matches, so many draws have no match.
        var angles = (0..<20).map { Double($0) * 18 }
        angles[1] = 1
        let vectors = angles.map { [Float(cos($0 * .pi / 180)), Float(sin($0 * .pi / 180))] }
        let all = try GroupComparisons(
            embeddings: vectors + vectors.map { _ in [1, 0] }, dimension: 2, people: Array(repeating: nil, count: 40))
        let groups = (0..<40).map { $0 < 20 ? "y" : "x" }
        let errors = try await all.errors(groups: groups, threshold: 0.999, bootstrapRounds: 200)
        let inequity = try #require(errors.falseMatchInequity)
        #expect(inequity.worst == "x" && inequity.ratioToBest == 190 && inequity.ratioToBestInterval == nil)
        #expect(errors.groups[1].falseMatchInterval?.low == 0)
    }
}
