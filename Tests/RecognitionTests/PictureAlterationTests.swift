import Faces
import Foundation
import Pixels
import Recognition
import Synchronization
import TestSupport
import Testing

@Suite("Pictures that are altered in memory")
struct PictureAlterationTests {
    /// An alteration that paints the whole picture and notes its inputs.
    private final class Painter: Sendable {
        private let calls = Mutex<[(face: Landmarks?, seed: UInt64)]>([])

        var given: [(face: Landmarks?, seed: UInt64)] { calls.withLock { $0 } }

        func alteration(_ identity: String, color: Color, needsFace: Bool = false) -> PictureAlteration {
            PictureAlteration(identity: identity, needsFace: needsFace) { picture, face, seed in
                self.calls.withLock { $0.append((face, seed)) }
                return Image(width: picture.width, height: picture.height, color: color)
            }
        }
    }

    private let folder: TemporaryFolder
    private let embedder: FakeEmbedder
    private let detector = FakeDetector { image in image.pixels[0] > 100 ? [face()] : [] }
    private let recognizer: Recognizer

    init() throws {
        folder = try TemporaryFolder()
        embedder = try FakeEmbedder()
        recognizer = Recognizer(
            finder: FaceFinder(detector: detector, configuration: FaceFinderConfiguration(enhancement: .off)),
            embedder: embedder)
    }

    private func entries(
        _ pictures: [[UInt8]], _ alteration: PictureAlteration?, isKept: Bool = true
    ) async throws -> [EmbeddingCache.Entry?] {
        let cache =
            isKept ? try EmbeddingCache(directory: folder.url, recognizer: recognizer, selection: .center) : nil
        var entries: [EmbeddingCache.Entry?] = []
        let sources = pictures.map { PictureSource.bytes($0, name: "a") }
        let results = recognizer.entries(of: sources, selecting: .center, altered: alteration, cache: cache)
        for try await (_, result) in results { entries.append(try? result.get()) }
        return entries
    }

    @Test("The altered picture is embedded, and stored separately from the original")
    func altered() async throws {
        let painter = Painter()
        let bytes = try file(picture(200, 10, 10))
        let bare = try await entries([bytes], nil)
        let green = painter.alteration("green", color: Color(red: 120, green: 250, blue: 0))
        let altered = try await entries([bytes], green)
        #expect(altered[0]?.face != nil && altered[0]?.face?.embedding != bare[0]?.face?.embedding)
        #expect(painter.given.count == 1 && painter.given[0].face == nil)
        let before = embedder.count
        #expect(try await entries([bytes], green) == altered && painter.given.count == 1, "from the cache")
        #expect(try await entries([bytes], nil) == bare && embedder.count == before)
        let other = painter.alteration("other", color: Color(red: 120, green: 0, blue: 250))
        #expect(try await entries([bytes], other) != altered && painter.given.count == 2)
    }

    @Test("The seed depends on the content")
    func seeds() async throws {
        let painter = Painter()
        let first = try file(picture(200, 10, 10)), second = try file(picture(201, 10, 10))
        let alteration = painter.alteration("green", color: Color(red: 120, green: 250, blue: 0))
        _ = try await entries([first, second], alteration, isKept: false)
        _ = try await entries([second, first], alteration, isKept: false)
        let seeds = painter.given.map(\.seed)
        #expect(seeds.count == 4 && seeds[0] == seeds[3] && seeds[1] == seeds[2] && seeds[0] != seeds[1])
    }

    @Test("If the face is needed, it is detected in the original; a picture without one has none afterward")
    func faces() async throws {
        let painter = Painter()
        let light = try file(picture(200, 10, 10)), dark = try file(picture(10, 10, 10))
        let alteration = painter.alteration("green", color: Color(red: 120, green: 250, blue: 0), needsFace: true)
        let found = try await entries([light, dark, [1, 2]], alteration)
        #expect(found[0]?.face != nil && found[1] == EmbeddingCache.Entry(faceCount: 0, face: nil) && found[2] == nil)
        #expect(painter.given.count == 1 && painter.given[0].face == face().landmarks)
        #expect(try await entries([dark], alteration) == [found[1]])
        let vanished = painter.alteration("black", color: .black)
        #expect(try await entries([light], vanished)[0]?.face == nil, "the altered picture has no face")
    }
}
