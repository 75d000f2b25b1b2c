import Faces
import Foundation
import TestSupport
import Testing

@testable import Recognition

@Suite("The user's cache folder")
struct UserCacheTests {
    private let folder: TemporaryFolder
    private let vector: [Float] = [0.5, -0.5, 0.5, -0.5]

    init() throws { folder = try TemporaryFolder() }

    private var cache: UserCache { UserCache(directory: folder.url) }

    /// Stores embeddings of the model 'fake' and of a model called 'other'.
    private func fill(count: Int = 3) throws {
        for (version, name) in [("1", "fake"), ("1", "other")] {
            let embedder = try NamedEmbedder(name: name, version: version)
            let recognizer = Recognizer(
                finder: FaceFinder(detector: FakeDetector { _ in [] }), embedder: embedder)
            let kept = try EmbeddingCache(directory: folder.url, recognizer: recognizer, selection: .center)
            let face = EmbeddedFace(
                embedding: try Embedding(normalizing: vector, model: embedder.card.identity),
                context: try #require(ContextVector(values: [-3, 2, 1, 0.4, 0.2, 0.1, 0, 0.1, 12, 80, 0.9, -1])))
            for number in 0..<count {
                try kept.store(EmbeddingCache.Entry(faceCount: 1, face: face), for: [UInt8(number)])
            }
        }
        for name in [
            "sface/model-1.network", "sface/model-2.network", "yunet/model-1.network", "old-3.network", "x.part",
            "a.verified",
        ] {
            try folder.file("compiled/\(name)", Data(count: 100))
        }
    }

    private func holdsVector() throws -> Bool {
        let bytes = vector.withUnsafeBytes { Data($0) }
        return try folder.names().filter { $0.hasPrefix("embeddings") }.contains { name in
            try Data(contentsOf: folder.url.appending(path: name)).range(of: bytes) != nil
        }
    }

    @Test("An empty or missing folder has no entries, and listing creates nothing")
    func empty() throws {
        #expect(cache.parts().isEmpty)
        #expect(UserCache(directory: folder.url.appending(path: "none")).parts().isEmpty)
        #expect(try cache.clear().isEmpty)
        #expect(try folder.names().isEmpty)
    }

    @Test("Everything is listed by kind and model")
    func list() throws {
        try fill()
        let parts = cache.parts()
        #expect(
            parts.map { "\($0.kind) \($0.model ?? "-") \($0.entries ?? -1)" } == [
                "digests - 1", "embeddings fake 3", "embeddings other 3", "networks - 2", "networks sface 2",
                "networks yunet 1",
            ])
        #expect(parts.allSatisfy { $0.bytes > 0 && $0.lastUsed != nil && $0.path.hasPrefix(folder.url.path) })
        #expect(parts.first { $0.model == "sface" }?.bytes == 200)
    }

    @Test("One kind or one model is removed, and nothing else")
    func choose() throws {
        try fill()
        #expect(try cache.clear(.networks, model: "sface").map(\.model) == ["sface"])
        #expect(cache.parts().count == 5)
        #expect(try cache.clear(model: "fake").map(\.kind) == [.embeddings])
        #expect(cache.parts().filter { $0.kind == .embeddings }.map(\.model) == ["other"])
        #expect(try holdsVector(), "the other model's")
        #expect(try cache.clear(.digests).map(\.entries) == [1])
        #expect(try cache.clear(.networks).map(\.model) == [nil, "yunet"])
        #expect(try cache.clear(model: "nobody").isEmpty)
        #expect(cache.parts().map(\.kind) == [.embeddings])
    }

    @Test("No byte of removed entries stays in the files, and the cache still works")
    func cleared() throws {
        try fill(count: 60)
        #expect(try holdsVector())
        #expect(try cache.clear().count == 6)
        #expect(try !holdsVector())
        #expect(cache.parts().isEmpty)
        try fill(count: 2)
        #expect(cache.parts().filter { $0.kind == .embeddings }.map(\.entries) == [2, 2])
    }

    @Test("A damaged file is listed as far as possible, and removed as a whole")
    func damaged() throws {
        for contents in [Data("no database".utf8), Data(repeating: 7, count: 10_000)] {
            try folder.file("embeddings.sqlite", contents)
            let part = try #require(cache.parts().first)
            #expect(part.kind == .embeddings && part.entries == nil && part.bytes == contents.count)
            #expect(throws: RecognitionError.self) { try cache.clear(.embeddings, model: "fake") }
            try cache.clear(.embeddings)
            #expect(try folder.names().isEmpty)
        }
    }
}

/// An embedder with another name that never runs.
private struct NamedEmbedder: FaceEmbedder {
    let card: ModelCard
    let template = AlignmentTemplate.arcface(size: 32)
    let dimension = 4
    let precision = "f32"

    init(name: String, version: String) throws {
        var card = try FakeEmbedder(version: version).card
        card.name = name
        self.card = card
    }

    func embeddings(of faces: [AlignedFace]) async throws -> [Embedding] { throw FaceError.degenerateLandmarks }
}
