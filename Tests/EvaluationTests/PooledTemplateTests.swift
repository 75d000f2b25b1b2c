import LikenessSupport
import Testing

@testable import Evaluation

@Suite struct PooledTemplateTests {
    private func picture(
        _ template: String, _ embedding: [Float]?, media: String? = nil, weight: Double = 1, subject: String = "ada"
    ) -> TemplatePicture {
        TemplatePicture(template: template, subject: subject, media: media, embedding: embedding, weight: weight)
    }

    private func pooled(_ pictures: [TemplatePicture]) throws -> [Float] {
        let templates = try PooledTemplate.pooled(pictures)
        return try #require(templates.first?.values)
    }

    private func isNear(_ a: [Float], _ b: [Float]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-6 }
    }

    @Test func poolsTheMean() throws {
        #expect(
            isNear(
                try pooled([picture("t", [1, 0]), picture("t", [0, 1])]),
                [Float(0.5).squareRoot(), Float(0.5).squareRoot()]))
        #expect(try pooled([picture("t", [0.6, 0.8])]).map { ($0 * 10).rounded() } == [6, 8])
    }

    @Test func qualityWeighs() throws {
        // 3 · (1, 0) + 4 · (0, 1), of length 5.
        let values = try pooled([picture("t", [1, 0], weight: 3), picture("t", [0, 1], weight: 4)])
        #expect(isNear(values, [0.6, 0.8]))
        #expect(isNear(try pooled([picture("t", [1, 0]), picture("t", [0, 1], weight: 0)]), [1, 0]))
    }

    @Test func aVideoCountsAsOneStill() throws {
        let frames = (0..<9).map { _ in picture("t", [1, 0], media: "video") }
        #expect(
            isNear(try pooled(frames + [picture("t", [0, 1])]), [Float(0.5).squareRoot(), Float(0.5).squareRoot()]))
        // Stills without a media name are separate media.
        let stills = (0..<3).map { _ in picture("t", [1, 0]) }
        #expect(
            isNear(
                try pooled(stills + [picture("t", [0, 1])]), [3 / Float(10).squareRoot(), 1 / Float(10).squareRoot()]))
    }

    @Test func comparesTemplates() throws {
        let templates = try PooledTemplate.pooled([
            picture("a1", [1, 0]), picture("a2", [0.6, 0.8]), picture("a2", nil), picture("a3", nil),
            picture("b1", [0, 1], subject: "bob"),
        ])
        #expect(templates.map(\.name) == ["a1", "a2", "a3", "b1"] && templates.map(\.pictures) == [1, 1, 0, 1])
        let comparisons = try PooledTemplate.comparisons(
            of: [("a1", "a2"), ("a1", "b1"), ("a1", "a3")], among: templates)
        #expect(comparisons.map(\.isMated) == [true, false, true])
        #expect(comparisons[0].similarity.map { abs($0 - 0.6) < 1e-6 } == true)
        #expect(comparisons[1].similarity == 0 && comparisons[2].similarity == nil)
        #expect(comparisons[1].personA == "ada" && comparisons[1].personB == "bob")
        #expect(throws: EvaluationError.unknownTemplate("x")) {
            try PooledTemplate.comparisons(of: [("a1", "x")], among: templates)
        }
    }

    @Test func poolingMoreOfOnePersonBringsThemNearer() throws {
        var random = SplitMix64(state: 4)
        func unit(about center: [Float], noise: Float) -> [Float] {
            let values = center.map { $0 + Float.random(in: -noise...noise, using: &random) }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return values.map { $0 / length }
        }
        let origin = Array(repeating: Float(0), count: 64)
        var sums: (single: Float, pooled: Float) = (0, 0)
        for person in 0..<30 {
            let center = unit(about: origin, noise: 1)
            var pictures: [TemplatePicture] = []
            for template in ["x", "y"] {
                for _ in 0..<8 {
                    pictures.append(
                        picture(template, unit(about: center, noise: 0.3), subject: "\(person)"))
                }
            }
            let templates = try PooledTemplate.pooled(pictures)
            let singles = try PooledTemplate.pooled([pictures[0], pictures[8]])
            sums.pooled += templates[0].comparison(with: templates[1]).similarity ?? -1
            sums.single += singles[0].comparison(with: singles[1]).similarity ?? -1
        }
        #expect(sums.pooled > sums.single + 5)
    }

    @Test func refusesBadPictures() {
        #expect(throws: EvaluationError.invalidWeight(picture: 0)) { try pooled([picture("t", [1, 0], weight: -1)]) }
        #expect(throws: EvaluationError.invalidWeight(picture: 0)) { try pooled([picture("t", [1, 0], weight: .nan)]) }
        #expect(throws: EvaluationError.invalidEmbedding(row: 1)) {
            try pooled([picture("t", [1, 0]), picture("t", [1, 1])])
        }
        #expect(throws: EvaluationError.invalidEmbedding(row: 1)) {
            try pooled([picture("t", [1, 0]), picture("t", [1, 0, 0])])
        }
        #expect(throws: EvaluationError.mixedTemplate("t")) {
            try pooled([picture("t", [1, 0]), picture("t", [1, 0], subject: "bob")])
        }
        #expect(throws: EvaluationError.degenerateTemplate("t")) {
            try pooled([picture("t", [1, 0]), picture("t", [-1, 0])])
        }
    }
}
