import Datasets
import Evaluation
import Faces
import Foundation
import LikenessTesting
import Measurements
import Recognition
import TestSupport
import Testing

@Suite("The quality of faces, measured") struct QualityEvaluationTests {
    private let people: DrawnPeople

    init() throws {
        people = try DrawnPeople()
        try people.drawNine()
    }

    private func recognizer(quality: FakeQualityEstimator? = FakeQualityEstimator()) throws -> Recognizer {
        Recognizer(
            finder: FaceFinder(
                detector: DrawnFaceDetector(), configuration: FaceFinderConfiguration(enhancement: .off),
                qualityEstimator: quality),
            embedder: try ColorEmbedder())
    }

    @Test("All mated pairs are compared at the given threshold; the rates are those of the remaining pairs")
    func measured() async throws {
        try people.draw("black", 0, 0, 0)
        let pictures =
            DrawnPeople.nine + [
                .init(file: "black.png", identity: "red", line: 1), .init(file: "gone.png", identity: "red", line: 1),
            ]
        // Shades differ: their cosines are below 0.9999.
        let result = try await QualityEvaluation(threshold: .given(0.9999), shares: [0.34], bootstrapRounds: 20)
            .measure(pictures, reading: people.reading, by: recognizer())
        #expect(result.pictures == 11 && result.failedImages == 2 && result.threshold == 0.9999)
        #expect(result.conditions.notes.unreadable.map(\.image) == ["gone.png"])
        let report = result.report
        #expect(report.faces == 9 && report.people == 3 && report.matedPairs == 9 && report.falseNonMatches > 0)
        #expect(report.criteria.map(\.name) == FaceCriterion.allCases.map(\.rawValue))
        for criterion in report.criteria {
            #expect(criterion.curve.points.map(\.refused) == [0, 3])
            #expect(criterion.curve.points[0].falseNonMatches == report.falseNonMatches)
        }
    }

    @Test("With altered copies, no picture is compared with its own copy")
    func copies() async throws {
        let result = try await QualityEvaluation(
            threshold: .given(0.9), isAltered: true, shares: [0.1], bootstrapRounds: 0
        ).measure(DrawnPeople.nine, reading: people.reading, by: recognizer())
        #expect(result.pictures == 18)
        // Three people with three pictures and at most three copies of them: 15 pairs without the own ones, 12 each.
        let faces = result.report.faces
        #expect(faces > 9 && faces <= 18 && result.report.matedPairs <= 36 && result.report.matedPairs > 9)
        #expect(result.report.criteria.allSatisfy { $0.fallIntervals.allSatisfy { $0 == nil } })
    }

    @Test("Without a quality network there is an error, and without people a clear one")
    func missing() async throws {
        let evaluation = QualityEvaluation(threshold: .given(0.5))
        await #expect(throws: MeasurementError.noQuality) {
            _ = try await evaluation.measure(DrawnPeople.nine, reading: people.reading, by: recognizer(quality: nil))
        }
        await #expect(throws: EvaluationError.noMatedPairs) {
            _ = try await evaluation.measure([DrawnPeople.nine[0]], reading: people.reading, by: recognizer())
        }
        await #expect(throws: EvaluationError.unsupportedRate(0.2, impostorPairs: 27, needed: 150)) {
            _ = try await QualityEvaluation(threshold: .list(falseMatchRate: 0.2)).measure(
                DrawnPeople.nine, reading: people.reading, by: recognizer())
        }
        await #expect(throws: (any Error).self) {
            // The card has no figures.
            _ = try await QualityEvaluation().measure(DrawnPeople.nine, reading: people.reading, by: recognizer())
        }
    }
}
