import Faces
import Pixels
import Recognition
import Testing

/// An embedder whose embeddings contradict its card.
private struct ContradictingEmbedder: FaceEmbedder {
    let real: FakeEmbedder
    var length = 4
    var version = "1"

    var card: ModelCard { real.card }
    var template: AlignmentTemplate { real.template }
    var dimension: Int { real.dimension }
    var precision: String { real.precision }

    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] {
        var identity = card.identity
        if version != "1" { identity.contract = version }
        return try faces.map { _ in
            try Embedding(normalizing: [Float](repeating: 1, count: length), model: identity)
        }
    }
}

@Suite("Detectors and embedders of one's own that make mistakes")
struct OwnPartsTests {
    private let picture = Image(width: 80, height: 60)

    @Test("A face that can't exist is an error", arguments: [Float.nan, -.infinity, .infinity, -1, 7, 1.0001])
    func confidence(_ confidence: Float) async throws {
        let recognizer = try recognizer(FakeEmbedder()) { _ in [face(confidence: confidence)] }
        await #expect(throws: FaceError.self) { try await recognizer.analyze(picture) }
    }

    @Test("A box without an area is an error", arguments: [Float.nan, .infinity, -40, 0, -0.0])
    func box(_ side: Float) async throws {
        for isWidth in [true, false] {
            var wrong = face()
            if isWidth { wrong.box.width = side } else { wrong.box.height = side }
            let one = wrong
            let recognizer = try recognizer(FakeEmbedder()) { _ in [face(x: 30), one] }
            await #expect(throws: FaceError.self) { try await recognizer.analyze(picture) }
        }
    }

    @Test("A landmark that is no place is an error", arguments: [Float.nan, .infinity, -.infinity])
    func landmark(_ place: Float) async throws {
        var wrong = face()
        wrong.landmarks.nose.x = place
        let one = wrong
        let recognizer = try recognizer(FakeEmbedder()) { _ in [one] }
        await #expect(throws: FaceError.self) { try await recognizer.analyze(picture) }
    }

    @Test("Embeddings of another length or model than the card states are an error")
    func embeddings() async throws {
        let finder = FaceFinder(detector: FakeDetector { _ in [face()] })
        for length in [1, 3, 5, 512] {
            let recognizer = Recognizer(
                finder: finder, embedder: ContradictingEmbedder(real: try FakeEmbedder(), length: length))
            await #expect(throws: FaceError.self, "\(length)") { try await recognizer.analyze(picture) }
        }
        let other = Recognizer(
            finder: finder, embedder: ContradictingEmbedder(real: try FakeEmbedder(), version: "another"))
        await #expect(throws: FaceError.self) { try await other.analyze(picture) }
        let right = Recognizer(finder: finder, embedder: ContradictingEmbedder(real: try FakeEmbedder()))
        #expect(try await right.analyze(picture).faces.count == 1)
    }
}
