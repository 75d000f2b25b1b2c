import Faces
import Foundation
import Measurements
import Pixels
import Recognition
import TestSupport
import Testing

@Suite("Detectors compared with each other") struct DetectorsEvaluationTests {
    private let people: DrawnPeople

    init() throws { people = try DrawnPeople() }

    /// A detector that finds nothing.
    private struct BlindDetector: FaceDetector {
        let name = "blind"
        let precision = "bf16"
        func faces(in image: Image) async throws -> [Face] { [] }
    }

    private func measure(_ names: [String], timed: Int = 0) async throws -> DetectorsEvaluation.Result {
        let evaluation = DetectorsEvaluation(
            ["drawn", "blind"], sizes: [TimedSize(width: 32, height: 16)], timed: timed,
            observer: people.events.observer())
        let sources = names.map { PictureSource.file(people.folder.url.appending(path: $0)) }
        return try await evaluation.measure(sources) { detector, _ in
            FaceFinder(
                detector: detector == "drawn" ? DrawnFaceDetector() as any FaceDetector : BlindDetector(),
                configuration: FaceFinderConfiguration(enhancement: .off))
        }
    }

    @Test("One detector finds unconfirmed faces, one finds nothing; unreadable pictures are noted once")
    func compared() async throws {
        try people.draw("red", 200, 0, 0)
        try people.draw("black", 0, 0, 0)
        let result = try await measure(["red.png", "gone.png", "black.png"], timed: 2)
        #expect(result.comparison.pictures == 2 && result.precisions == ["f32", "bf16"])
        let figures = result.comparison.figures
        #expect(figures.map(\.picturesWithoutFace) == [1, 2] && figures.map(\.boxes) == [1, 0])
        #expect(figures[0].unconfirmed == 1 && figures[1].missed == 1)
        #expect(result.notes.unreadable.count == 1)
        #expect(result.times.map(\.count) == [1, 1])
        #expect(result.times[0][0].pictures == 2 && result.times[0][0].fastest <= result.times[0][0].median)
        #expect(people.events.all.first == "began 6 looks" && people.events.all.last == "ended")
    }

    @Test("Without a readable picture nothing is compared")
    func nothing() async throws {
        let error = try await #require(throws: MeasurementError.self) { try await measure(["gone.png"]) }
        guard case .nothingUsable(count: 1, unit: "pictures", _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test(
        "Sizes are parsed",
        arguments: [
            ("640x480", TimedSize(width: 640, height: 480)), ("16x8192", TimedSize(width: 16, height: 8192)),
            ("15x16", nil), ("16x8193", nil), ("640", nil), ("640x480x3", nil), ("x480", nil), ("", nil),
        ] as [(String, TimedSize?)])
    func size(text: String, size: TimedSize?) {
        #expect(TimedSize(text) == size)
        if let size { #expect(size.description == text) }
    }
}
