import Augmentation
import Datasets
import Evaluation
import Foundation
import Measurements
import Recognition
import Reports
import TestSupport
import Testing

@testable import Measurements

@Suite("Distorted pairs") struct CurvesEvaluationTests {
    private let people: DrawnPeople

    init() throws {
        people = try DrawnPeople()
        try people.drawNine()
    }

    private let list = try? PairList(
        text: "image_a,image_b,same\nred0.png,red1.png,1\ngreen0.png,green2.png,1\nred0.png,green0.png,0\n"
            + "blue0.png,red2.png,0\nred1.png,green1.png,0\nred2.png,blue1.png,0\ngreen0.png,blue2.png,0\n"
            + "green1.png,blue0.png,0\nblue0.png,gone.png,1\n")

    @Test("A blur does not change pictures of one color; two models are compared at every strength")
    func blur() async throws {
        let list = try #require(list)
        var evaluation = CurvesEvaluation(
            list, distortions: [Distortion(.blur, strength: 2), Distortion(.blur, strength: 4)], falseMatchRate: 0.5,
            reading: people.reading)
        try await evaluation.measure(by: people.recognizer())
        try await evaluation.measure(by: people.recognizer("other"))
        let measured = evaluation.measured[0]
        #expect(measured.conditions.leftOutPairs == 1 && measured.failures.map(\.image) == ["gone.png"])
        #expect(measured.curves.curves.map(\.kind) == ["blur"])
        #expect(measured.curves.curves[0].points.compactMap(\.strength) == [2, 4])
        #expect(measured.curves.unaltered.falseNonMatchRate.total == 2)
        #expect(measured.altered[0].comparisons.map(\.similarity) == measured.unaltered.map(\.similarity))
        let contrasts = try evaluation.contrasts()
        #expect(contrasts.count == 1 && contrasts[0].points.count == 3)
        let page = evaluation.page(
            contrasts,
            provenance: Provenance(data: [], command: "test", date: Date(timeIntervalSince1970: 0), program: "test"))
        #expect(page.page.html.contains("blur"))
    }

    @Test("Elements are spread evenly; all of them are taken if there are few")
    func spread() {
        #expect(Array(0..<10).spread(4) == [0, 2, 5, 7])
        #expect([1, 2].spread(5) == [1, 2] && [1, 2].spread(0).isEmpty)
    }
}
