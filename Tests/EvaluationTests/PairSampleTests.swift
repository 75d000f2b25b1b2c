import Faces
import Testing

@testable import Evaluation

@Suite struct PairSampleTests {
    private let model = ModelIdentity(name: "m", contract: "1")

    /// Returns two photographs and their masked copies of each of `people` people.
    private func pictures(people: Int) throws -> [PairSample.Picture] {
        try (0..<people).flatMap { person in
            try (0..<2).flatMap { photograph in
                try (0..<2).map { kind in
                    let context = try #require(
                        ContextVector(values: [0, 0, 0, 0.5, 0.2, 0, 0, 0, 20, 100, 0.9, kind == 0 ? 0.01 : 0.99]))
                    let embedding = try Embedding(
                        normalizing: [Float(person + 1), Float(photograph), Float(kind), 1], model: model)
                    return PairSample.Picture(
                        person: "\(person)", source: person * 2 + photograph, kind: kind,
                        face: EmbeddedFace(embedding: embedding, context: context))
                }
            }
        }
    }

    @Test func everyTwoKindsAreCompared() throws {
        let sample = try PairSample(try pictures(people: 5), impostors: 40, mated: 100).comparisons
        let impostors = sample.filter { !$0.comparison.isMated }
        #expect(impostors.count == 3 * 40 && impostors.allSatisfy { $0.comparison.personA != $0.comparison.personB })
        // For each person: one pair of photographs, one of masked copies, and each photograph with the other's copy.
        let mated = sample.filter(\.comparison.isMated)
        #expect(mated.count == 5 * (1 + 1 + 2) && mated.allSatisfy { $0.comparison.personA == $0.comparison.personB })
        let cells = Dictionary(grouping: mated, by: { $0.conditions?.cell }).mapValues(\.count)
        #expect(cells == ["plain": 5, "masked": 10, "bothMasked": 5])
        #expect(mated.allSatisfy { ($0.comparison.similarity ?? 1) < 0.9999 }, "never with a copy of itself")
    }

    @Test func aSeedDeterminesIt() throws {
        func similarities(_ seed: UInt64) throws -> [Float?] {
            try PairSample(try pictures(people: 9), impostors: 20, mated: 3, seed: seed).comparisons.map(
                \.comparison.similarity)
        }
        #expect(try similarities(1) == similarities(1))
        #expect(try similarities(1) != similarities(2))
        #expect(try similarities(1).count == 3 * 23)
    }

    @Test func oneOfAKindIsNoSample() throws {
        #expect(throws: EvaluationError.noImpostorPairs) {
            try PairSample(try pictures(people: 1), impostors: 10, mated: 10)
        }
        let singles = try pictures(people: 3).filter { $0.source % 2 == 0 }
        #expect(throws: EvaluationError.noMatedPairs) { try PairSample(singles, impostors: 10, mated: 10) }
    }
}
