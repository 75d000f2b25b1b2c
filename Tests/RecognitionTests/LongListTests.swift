import Faces
import Foundation
import Pixels
import Synchronization
import TestSupport
import Testing

@testable import Recognition

@Suite("Long lists, whose faces are embedded in groups")
struct LongListTests {
    /// Returns pictures of many colors; some of the files are not pictures.
    private func sources(_ count: Int) throws -> [PictureSource] {
        try (0..<count).map { index in
            let bytes = index % 11 == 5 ? [] : try file(picture(UInt8(index), 200, UInt8(255 - index)))
            return .bytes(bytes, name: "\(index)")
        }
    }

    private func recognizer(_ embedder: FakeEmbedder, workers: Int, faces: [Face]) -> Recognizer {
        RecognitionTests.recognizer(embedder, workers: workers) { _ in faces }
    }

    @Test(
        "The results equal those of single pictures, in order, with any number of workers", arguments: [1, 2, 5])
    func sameAsAlone(workers: Int) async throws {
        let embedder = try FakeEmbedder()
        let recognizer = recognizer(embedder, workers: workers, faces: [face(), face(x: 20, side: 30)])
        let sources = try sources(100)
        var results: [Result<Analysis, any Error>] = []
        for try await (index, result) in recognizer.analyses(of: sources) {
            #expect(index == results.count)
            results.append(result)
        }
        #expect(embedder.batches.count < 20, "eight pictures at a time: \(embedder.batches)")
        #expect(results.count == 100)
        for (index, result) in results.enumerated() {
            guard index % 11 != 5 else {
                #expect(throws: ImageError.self) { try result.get() }
                continue
            }
            let analysis = try result.get(), alone = try await recognizer.analyze(sources[index])
            #expect(analysis.faces == alone.faces && analysis.faces.count == 2)
            #expect(analysis.durations.embed > 0)
        }
    }

    @Test("A short list is processed picture by picture, so that no worker is idle")
    func shortList() async throws {
        let embedder = try FakeEmbedder()
        let recognizer = recognizer(embedder, workers: 2, faces: [face()])
        for try await _ in recognizer.analyses(of: try sources(5)) {}
        #expect(embedder.batches == [1, 1, 1, 1, 1])
    }

    @Test("A face that can't be embedded is a failure of its own picture only")
    func failingFace() async throws {
        let count = Mutex(0)
        let detector = FakeDetector { _ in
            let index = count.withLock { count in
                count += 1
                return count - 1
            }
            return [face(confidence: index == 13 ? FakeEmbedder.unbearable : 0.9)]
        }
        let recognizer = Recognizer(
            finder: FaceFinder(detector: detector, configuration: FaceFinderConfiguration(enhancement: .off)),
            embedder: try FakeEmbedder())
        let good = PictureSource.bytes(try file(picture(1, 2, 3)), name: "good")
        var failed: [Int] = []
        for try await (index, result) in recognizer.analyses(of: Array(repeating: good, count: 80)) {
            if case .failure(let error) = result {
                failed.append(index)
                #expect(error is FaceError)
            }
        }
        #expect(failed == [13])
    }

    @Test("Entries: known pictures are not embedded again, new ones are stored, and bad files fail")
    func entries() async throws {
        let folder = try TemporaryFolder()
        let embedder = try FakeEmbedder()
        let recognizer = recognizer(embedder, workers: 2, faces: [face()])
        let cache = try EmbeddingCache(directory: folder.url, recognizer: recognizer, selection: .center)
        let sources = try sources(70)
        for try await _ in recognizer.entries(of: Array(sources[0..<20]), selecting: .center, cache: cache) {}
        let before = embedder.count
        var embeddings: [Embedding?] = []
        for try await (index, result) in recognizer.entries(of: sources, selecting: .center, cache: cache) {
            #expect(index == embeddings.count)
            embeddings.append(try? result.get().face?.embedding)
        }
        let bad = sources.indices.count { $0 % 11 == 5 }
        #expect(embedder.count == 70 - bad)
        #expect(before == 20 - 2)
        for (index, embedding) in embeddings.enumerated() {
            let alone = try? await recognizer.analyze(sources[index], selecting: .center).faces.first?.embedding
            #expect(embedding == alone)
        }
    }

    @Test(
        "Real networks: together and alone, the same results to the last bits",
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func realNetworks() async throws {
        let names = ["obama.jpg", "obama2.jpg", "biden.jpg", "astronaut.png"]
        let files = try names.map { name in
            let image = try Image(contentsOf: Fixtures.portrait(name))
            let small = image.resized(width: 200 * image.width / image.height, height: 200)
            return PictureSource.bytes(try file(small), name: name)
        }
        let recognizer = try await Recognizer(
            installation: try .locate(environment: ["LIKENESS_HOME": Fixtures.dependencies.path]),
            configuration: RecognizerConfiguration(finder: FaceFinderConfiguration(workers: 2)), expecting: files)
        var alone: [Embedding] = []
        for file in files {
            alone.append(try #require(try await recognizer.analyze(file, selecting: .center).faces.first?.embedding))
        }
        // One more than a multiple of the group size.
        let many = (0..<73).map { files[$0 % 4] }
        var count = 0
        for try await (index, result) in recognizer.analyses(of: many, selecting: .center) {
            count += 1
            let embedding = try #require(try result.get().faces.first?.embedding)
            #expect(try embedding.similarity(to: alone[index % 4]) > 0.99999)
        }
        #expect(count == 73)
    }
}
