import Foundation
import LikenessSupport
import Testing

@testable import Evaluation

@Suite struct GroupComparisonsTests {
    /// Returns a unit vector in the plane, whose similarity to another is the cosine of the angle between them.
    private func vector(_ degrees: Double) -> [Float] {
        [Float(cos(degrees * .pi / 180)), Float(sin(degrees * .pi / 180))]
    }

    private func comparisons(_ angles: [Double?], people: [String?]) throws -> GroupComparisons {
        try GroupComparisons(embeddings: angles.map { $0.map(vector) }, dimension: 2, people: people)
    }

    @Test func countsWithinGroupsAndAcrossThem() async throws {
        // Two people in group x, ten degrees apart, two in y, a right angle apart. Ada is in two pictures.
        let all = try comparisons([0, 5, 10, 90, 180], people: ["ada", "ada", "bob", "cyd", "dan"])
        let errors = try await all.errors(groups: ["x", "x", "x", "y", "y"], threshold: 0.9)
        #expect(errors.groups.map(\.name) == ["x", "y"])
        #expect(errors.groups[0].falseMatchRate?.count == 2 && errors.groups[0].falseMatchRate?.total == 2)
        #expect(errors.groups[0].falseNonMatchRate?.count == 0 && errors.groups[0].falseNonMatchRate?.total == 1)
        #expect(errors.groups[1].falseMatchRate?.count == 0 && errors.groups[1].falseMatchRate?.total == 1)
        #expect(errors.groups[1].falseNonMatchRate == nil)
        #expect(errors.acrossGroups?.total == 6 && errors.acrossGroups?.count == 0)
        #expect(errors.groups.map { $0.size?.people } == [2, 2] && errors.groups.map { $0.size?.pictures } == [3, 2])
        #expect(errors.falseMatchInequity?.worst == "x" && errors.falseMatchInequity?.ratioToBest == nil)
    }

    @Test func picturesOfNobodyKnownAreEachOfSomebodyElse() async throws {
        let all = try comparisons([0, 1, 2], people: [nil, nil, nil])
        let errors = try await all.errors(groups: ["x", "x", "x"], threshold: 0.9)
        #expect(errors.groups[0].falseMatchRate?.count == 3 && errors.groups[0].falseMatchRate?.total == 3)
        #expect(errors.groups[0].falseNonMatchRate == nil && errors.groups[0].size?.people == 3)
        #expect(errors.falseMatchInequity == nil)
    }

    @Test func aPictureWithoutAFaceNeverMatches() async throws {
        let all = try comparisons([0, nil, nil, 1], people: ["ada", "ada", "bob", "bob"])
        let errors = try await all.errors(groups: ["x", "x", "x", "x"], threshold: 0.9)
        let group = errors.groups[0]
        #expect(group.falseNonMatchRate?.count == 2 && group.falseNonMatchRate?.total == 2)
        #expect(group.falseMatchRate?.count == 1 && group.falseMatchRate?.total == 4)
        #expect(group.size?.failedPictures == 2)
    }

    @Test func whoHasNoLabelIsLeftOut() async throws {
        let all = try comparisons([0, 1, 2, nil], people: [nil, nil, nil, nil])
        let errors = try await all.errors(groups: ["x", nil, "x", nil], threshold: 0.9)
        #expect(errors.groups[0].falseMatchRate?.total == 1 && errors.acrossGroups == nil)
        await #expect(throws: EvaluationError.noGroups) {
            try await all.errors(groups: [nil, "x", nil, nil], threshold: 0)
        }
    }

    /// Compares everything with a plain loop over comparisons of random pictures, also with labels that differ within a
    /// person.
    @Test func agreesWithEveryComparisonByItself() async throws {
        var random = SplitMix64(state: 5)
        var angles: [Double?] = [], people: [String?] = [], groups: [String?] = []
        for index in 0..<150 {
            angles.append(index % 17 == 0 ? nil : Double.random(in: 0..<360, using: &random))
            people.append(index % 5 == 0 ? nil : "\(Int.random(in: 0..<25, using: &random))")
            groups.append(index % 11 == 0 ? nil : ["a", "b", "c"][Int.random(in: 0..<3, using: &random)])
        }
        let vectors = angles.map { $0.map(vector) }
        var plain: [Comparison] = [], labels: [(first: String?, second: String?)] = []
        for first in 0..<150 {
            for second in first + 1..<150 {
                var similarity: Float?
                if let a = vectors[first], let b = vectors[second] {
                    var sum: Float = 0
                    for index in 0..<2 { sum += a[index] * b[index] }
                    similarity = min(max(sum, -1), 1)
                }
                let isMated = people[first] != nil && people[first] == people[second]
                plain.append(Comparison(similarity: similarity, isMated: isMated))
                labels.append((groups[first], groups[second]))
            }
        }
        let all = try comparisons(angles, people: people)
        let present = plain.filter { $0.similarity != nil }
        let threshold = try await all.threshold(falseMatchRate: 0.05)
        #expect(threshold == (try OperatingCurve(present).threshold(falseMatchRate: 0.05)))
        let expected = try GroupErrors(plain, groups: labels, threshold: threshold)
        let errors = try await all.errors(groups: groups, threshold: threshold, workers: 2)
        #expect(errors.groups.map(\.falseMatchRate) == expected.groups.map(\.falseMatchRate))
        #expect(errors.groups.map(\.falseNonMatchRate) == expected.groups.map(\.falseNonMatchRate))
        #expect(errors.acrossGroups == expected.acrossGroups)
        #expect(errors.falseMatchInequity == expected.falseMatchInequity)
        #expect(errors.falseNonMatchInequity == expected.falseNonMatchInequity)
    }

    @Test func refusesARateThatTooFewPairsSupport() async throws {
        let all = try comparisons((0..<10).map { Double($0) }, people: Array(repeating: nil, count: 10))
        #expect(all.impostorPairs == 45)
        await #expect(throws: EvaluationError.unsupportedRate(0.1, impostorPairs: 45, needed: 300)) {
            try await all.threshold(falseMatchRate: 0.1)
        }
        await #expect(throws: EvaluationError.invalidRate(1)) { try await all.threshold(falseMatchRate: 1) }
        #expect(throws: EvaluationError.invalidEmbedding(row: 0)) {
            try GroupComparisons(embeddings: [[1, 1]], dimension: 2, people: [nil])
        }
    }
}
