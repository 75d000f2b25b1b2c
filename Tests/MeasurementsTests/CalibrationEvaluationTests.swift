import Datasets
import Evaluation
import Faces
import Foundation
import Pixels
import Recognition
import TestSupport
import Testing

@testable import Measurements

@Suite("Calibration and decisions") struct CalibrationEvaluationTests {
    private let people: DrawnPeople

    init() throws {
        people = try DrawnPeople()
        try people.drawNine()
    }

    private func pool(_ photographs: [IdentityList.Picture], children: [IdentityList.Picture] = []) async throws
        -> CalibrationPool
    {
        try await CalibrationPool(
            photographs, children: children, altered: 1, most: 2, reading: people.reading, by: people.recognizer())
    }

    @Test("The pool: photographs as they are, the first photograph of two people in every other way, and children")
    func pool() async throws {
        try people.draw("black", 0, 0, 0)
        let pool = try await pool(
            DrawnPeople.nine + [
                .init(file: "gone.png", identity: "red", line: 1), .init(file: "black.png", identity: "red", line: 1),
            ], children: [.init(file: "blue0.png", identity: "child", line: 1)])
        #expect(pool.natural.count == 9 && pool.people == 3 && pool.failed == 1)
        #expect(pool.notes.unreadable.map(\.image) == ["gone.png"])
        let altered = pool.pictures.filter { $0.kind > 0 }
        #expect(Set(altered.map(\.source)) == [0, 3] && altered.allSatisfy { $0.kind < 6 })
        // People on the list of adults count as adults.
        #expect(pool.natural.allSatisfy { $0.face.context.childProbability == 0 })
        let children = pool.pictures.filter { $0.kind == CalibrationPool.child }
        #expect(children.map(\.person) == ["child"] && children[0].face.context.childProbability == 1)
        #expect(pool.only(["red"]).people == 1)
    }

    @Test("Each half needs two people, one of them with two pictures; otherwise nothing is fitted")
    func tooFew() async throws {
        let pool = try await pool(DrawnPeople.nine)
        let fitter = CalibrationFitter(
            impostors: 1000, seed: 1, data: "", conditions: "", remark: "", command: "")
        let error = try await #require(throws: EvaluationError.self) {
            try await fitter.result(pool, model: ColorEmbedder().card)
        }
        guard case .calibrationFailed(let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reason.contains("faces were found of only 3 people"))
    }

    @Test("Decisions depend on masks, so without a classifier there is no calibration")
    func noMasks() async throws {
        let evaluation = CalibrationEvaluation(.init(data: "colors", remark: ""))
        await #expect(throws: MeasurementError.noMaskClassifier) {
            try await evaluation.measure(DrawnPeople.nine, reading: people.reading, by: people.recognizer())
        }
    }

    @Test("Altered views: two photographs of each chosen person, and every row has its comparisons")
    func shown() async throws {
        var shown = ShownPictures(reading: people.reading, recognizer: try people.recognizer())
        try await shown.add(DrawnPeople.nine, altered: 2, seed: 1)
        #expect(
            shown.comparisons.map(\.name).prefix(4) == ["as they are", "turned", "1/8 size, one", "1/8 size, both"])
        #expect(shown.comparisons.count == 2 + 2 * 7)
        try await shown.add(children: [
            .init(file: "red0.png", identity: "1", line: 1), .init(file: "blue0.png", identity: "2", line: 1),
        ])
        // No estimator classifies anyone as a child, so the row of classified children is absent.
        #expect(shown.comparisons.last?.name == "two children")
        #expect(people.events.all.contains("began 4 pictures, resized 0.125"))
    }
}
