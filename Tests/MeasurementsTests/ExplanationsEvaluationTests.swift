import Datasets
import Evaluation
import Explanations
import Foundation
import Measurements
import TestSupport
import Testing

@Suite("Tests of explanation maps") struct ExplanationsEvaluationTests {
    private let people: DrawnPeople

    init() throws { people = try DrawnPeople() }

    @Test("Pairs whose pictures can't be used are named; if none is left, there is nothing to test")
    func nothing() async throws {
        try people.draw("red", 200, 0, 0)
        try people.draw("black", 0, 0, 0)
        let list = try PairList(
            text: "image_a,image_b,same\nred.png,gone.png,1\nred.png,black.png,1\nblack.png,gone.png,0\n")
        let error = try await #require(throws: MeasurementError.self) {
            try await ExplanationsEvaluation(count: 5).measure(
                list, reading: people.reading, by: people.recognizer())
        }
        guard case .nothingUsable(count: 2, unit: "mated pairs", let first) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(first.hasPrefix("gone.png: "))
        #expect(
            people.events.all == ["began 2 pairs", "failed", "failed", "ended", "1 of 4 pictures unreadable"])
    }

    @Test("For an embedder that sees the same color everywhere, no part is more important, so the maps fail the tests")
    func flat() async throws {
        try people.drawNine()
        let list = try PairList(
            text: "image_a,image_b,same\nred0.png,red1.png,1\ngreen0.png,green1.png,1\nblue0.png,gone.png,1\n")
        let result = try await ExplanationsEvaluation(count: 5).measure(
            list, reading: people.reading, by: people.recognizer())
        #expect(result.report.faces == 2 && !result.report.holds)
        #expect(result.failures.map(\.imageB) == ["gone.png"])
        #expect(result.embeddingsPerMap == Explainer.usualMethod.masks.count + 1 && result.secondsPerMap > 0)
        #expect(result.conditions.notes.unreadable.map(\.image) == ["gone.png"])
    }
}
