import Datasets
import Evaluation
import Foundation
import Measurements
import Recognition
import Reports
import TestSupport
import Testing

@Suite("Pairs of pictures") struct PairsEvaluationTests {
    private let people: DrawnPeople

    init() throws {
        people = try DrawnPeople()
        try people.drawNine()
    }

    private func list(_ more: String = "") throws -> PairList {
        try PairList(
            text: "image_a,image_b,same\nred0.png,red1.png,1\ngreen0.png,green2.png,1\nred0.png,green0.png,0\n"
                + "blue0.png,red2.png,0\n" + more)
    }

    @Test(
        "Similarities are the cosines of the embeddings; no face gives no similarity, an unreadable picture no pair")
    func similarities() async throws {
        try people.draw("black", 0, 0, 0)
        var evaluation = PairsEvaluation(
            try list("blue0.png,black.png,1\nblue0.png,gone.png,1\n"), reading: people.reading)
        #expect(evaluation.pictureCount == 8)
        try await evaluation.measure(by: people.recognizer())
        let measured = try #require(evaluation.measured.first)
        #expect(measured.comparisons.count == 5)
        let first = try #require(measured.comparisons[0].similarity)
        #expect(abs(Double(first) - cosine([200, 10, 5], [201, 20, 5])) < 1e-6)
        let third = try #require(measured.comparisons[2].similarity)
        #expect(abs(Double(third) - cosine([200, 10, 5], [5, 200, 10])) < 1e-6)
        #expect(measured.comparisons[4].similarity == nil && measured.comparisons[4].isMated)
        #expect(measured.report.failedImages == 2 && measured.report.matedPairs == 3)
        #expect(
            measured.conditions.leftOutPairs == 1 && measured.conditions.notes.unreadable.map(\.image) == ["gone.png"])
        #expect(measured.conditions.model.hasPrefix("color@") && measured.conditions.detector == "drawn")
        #expect(evaluation.list.pairs.count == 5)
    }

    @Test("Second pictures from another folder, as PNG if that is the only form of the copy")
    func probes() async throws {
        try people.draw("copies/red1", 0, 200, 0)
        try people.draw("copies/green2", 0, 200, 0)
        try people.draw("copies/green0", 200, 0, 0)
        try people.draw("copies/red2", 200, 0, 0)
        var evaluation = PairsEvaluation(
            try list(), probes: people.folder.url.appending(path: "copies"), reading: people.reading)
        try await evaluation.measure(by: people.recognizer())
        let comparisons = try #require(evaluation.measured.first).comparisons
        let swapped = try #require(comparisons[0].similarity)
        #expect(abs(Double(swapped) - cosine([200, 10, 5], [0, 200, 0])) < 1e-6)
    }

    @Test("Two models are compared on the same pairs, and a page names both")
    func contrast() async throws {
        var evaluation = PairsEvaluation(
            try list(), figures: PairFigures(rates: [0.5], bootstrapRounds: 0), reading: people.reading)
        try await evaluation.measure(by: people.recognizer())
        try await evaluation.measure(by: people.recognizer("other"))
        let contrasts = try evaluation.contrasts()
        #expect(contrasts.count == 1)
        #expect(contrasts[0].differences.allSatisfy { $0.difference == 0 })
        let page = try await evaluation.page(
            contrasts,
            provenance: Provenance(data: [], command: "test", date: Date(timeIntervalSince1970: 0), program: "test"))
        #expect(page.page.html.contains("color") && page.page.html.contains("other"))
        #expect(page.tables["pairs"]?.count == 1 + 4)
    }

    @Test("If a picture disappears between two models, the comparison ends, because the pairs would differ")
    func lost() async throws {
        var evaluation = PairsEvaluation(try list(), reading: people.reading)
        try await evaluation.measure(by: people.recognizer())
        try FileManager.default.removeItem(at: people.folder.url.appending(path: "red1.png"))
        let error = try await #require(throws: MeasurementError.self) {
            try await evaluation.measure(by: people.recognizer("other"))
        }
        guard case .lostPicture("red1.png", _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(evaluation.measured.count == 1)
    }

    @Test("Templates pool their pictures by weight; one without a face never matches")
    func templates() async throws {
        try people.draw("black", 0, 0, 0)
        let list = try TemplateList(
            text: "template,file,identity\n1,red0.png,r\n1,green0.png,r\n2,red1.png,r\n3,blue0.png,b\n4,black.png,b\n")
        let pairs = try list.pairs(text: "template_a,template_b\n1,2\n1,3\n3,4\n")
        var evaluation = TemplatesEvaluation(list, pairs: pairs, weight: .equal, reading: people.reading)
        #expect(evaluation.pictureCount == 5)
        try await evaluation.measure(by: people.recognizer())
        let comparisons = try #require(evaluation.measured.first).comparisons
        #expect(comparisons.map(\.isMated) == [true, false, true])
        #expect(comparisons[2].similarity == nil)
        func unit(_ color: [Double]) -> [Double] {
            let length = color.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return color.map { $0 / length }
        }
        let pooled = zip(unit([200, 10, 5]), unit([5, 200, 10])).map { $0 + $1 }
        let similarity = try #require(comparisons[0].similarity)
        #expect(abs(Double(similarity) - cosine(pooled, [201, 20, 5])) < 1e-6)
    }
}
