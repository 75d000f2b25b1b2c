import Faces
import Foundation
import GRDB
import Pixels
import Recognition
import TestSupport
import Testing

@Suite("Cached embeddings")
struct EmbeddingCacheTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func recognizer(
        _ embedder: FakeEmbedder, detector: FakeDetector = FakeDetector { _ in [face()] }, identity: String = "fake/1",
        configuration: FaceFinderConfiguration = FaceFinderConfiguration(enhancement: .off),
        masks: FakeMaskEstimator? = nil, ages: FakeAgeGroupEstimator? = nil, quality: FakeQualityEstimator? = nil
    ) -> Recognizer {
        Recognizer(
            finder: FaceFinder(
                detector: detector, configuration: configuration, detectorIdentity: identity, maskEstimator: masks,
                ageGroupEstimator: ages, qualityEstimator: quality),
            embedder: embedder)
    }

    private func cache(_ recognizer: Recognizer, _ selection: FaceSelection = .center) throws -> EmbeddingCache {
        try EmbeddingCache(directory: folder.url, recognizer: recognizer, selection: selection)
    }

    private func entries(
        _ sources: [PictureSource], _ recognizer: Recognizer, _ cache: EmbeddingCache?
    ) async throws -> [EmbeddingCache.Entry?] {
        var entries: [EmbeddingCache.Entry?] = []
        for try await (_, result) in recognizer.entries(of: sources, selecting: .center, cache: cache) {
            entries.append(try? result.get())
        }
        return entries
    }

    @Test("An entry is returned unchanged to the last bit, also after the file is opened again")
    func roundTrip() throws {
        let embedder = try FakeEmbedder()
        let recognizer = recognizer(embedder)
        let embedding = try Embedding(normalizing: [0.1, -0.7, 3, 1e-4], model: embedder.card.identity)
        let context = try #require(ContextVector(values: [-3, 2, 1, 0.4, 0.2, 0.1, 0, 0.1, 12, 80, 0.9, -1]))
        let entry = EmbeddingCache.Entry(
            faceCount: 3, face: EmbeddedFace(embedding: embedding, context: context))
        try cache(recognizer).store(entry, for: [1, 2, 3])
        let again = try cache(recognizer)
        #expect(try again.entry(for: [1, 2, 3]) == entry)
        #expect(try again.entry(for: [1, 2, 4]) == nil)
        #expect(try again.entry(for: []) == nil)
        let replaced = EmbeddingCache.Entry(faceCount: 1, face: nil)
        try again.store(replaced, for: [1, 2, 3])
        #expect(try again.entry(for: [1, 2, 3]) == replaced)
    }

    @Test("Child probability and quality are preserved, also if unknown", arguments: [nil, 0, 0.3, 1] as [Float?])
    func ages(child: Float?) throws {
        let embedder = try FakeEmbedder()
        let cache = try cache(recognizer(embedder, ages: FakeAgeGroupEstimator()))
        var context = try #require(ContextVector(values: [-3, 2, 1, 0.4, 0.2, 0.1, 0, 0.1, 12, 80, 0.9, 0.5]))
        (context.childProbability, context.quality) = (child, child.map { 1 - $0 })
        let embedding = try Embedding(normalizing: [0.1, -0.7, 3, 1e-4], model: embedder.card.identity)
        let entry = EmbeddingCache.Entry(faceCount: 1, face: EmbeddedFace(embedding: embedding, context: context))
        try cache.store(entry, for: [1])
        #expect(try cache.entry(for: [1]) == entry)
    }

    @Test("Entries of an older version are made again, because their quality is unknown")
    func older() throws {
        let embedder = try FakeEmbedder()
        let recognizer = recognizer(embedder)
        let context = try #require(ContextVector(values: [-3, 2, 1, 0.4, 0.2, 0.1, 0, 0.1, 12, 80, 0.9, 0.5]))
        let embedding = try Embedding(normalizing: [0.1, -0.7, 3, 1e-4], model: embedder.card.identity)
        let entry = EmbeddingCache.Entry(faceCount: 1, face: EmbeddedFace(embedding: embedding, context: context))
        try cache(recognizer).store(entry, for: [1])
        // As the file was before the migration.
        try DatabaseQueue(path: folder.path("embeddings.sqlite")).write { database in
            try database.execute(
                sql: """
                    ALTER TABLE embedding DROP COLUMN quality;
                    DELETE FROM grdb_migrations WHERE identifier = 'quality';
                    """)
        }
        let renewed = try cache(recognizer)
        #expect(try renewed.entry(for: [1]) == nil)
        try renewed.store(entry, for: [1])
        #expect(try renewed.entry(for: [1]) == entry)
    }

    @Test("Only the user can read the files")
    func modes() throws {
        let open = try cache(recognizer(FakeEmbedder()))
        try open.store(EmbeddingCache.Entry(faceCount: 0, face: nil), for: [1])
        let names = try folder.names()
        #expect(names.contains("embeddings.sqlite"))
        for name in names {
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test("Everything that affects an embedding leads to separate entries")
    func recipes() throws {
        let first = try FakeEmbedder()
        try cache(recognizer(first)).store(EmbeddingCache.Entry(faceCount: 7, face: nil), for: [9])
        let detector = FakeDetector(precision: "bf16") { _ in [] }
        let others = [
            try cache(recognizer(FakeEmbedder(version: "2"))), try cache(recognizer(first), .largest),
            try cache(recognizer(first, detector: detector)), try cache(recognizer(first, identity: "fake/2")),
            try cache(recognizer(FakeEmbedder(averagesMirrored: true))),
            try cache(recognizer(first, masks: FakeMaskEstimator())),
            try cache(recognizer(first, ages: FakeAgeGroupEstimator())),
            try cache(recognizer(first, quality: FakeQualityEstimator())),
            try cache(recognizer(first, configuration: FaceFinderConfiguration(enhancement: .auto))),
        ]
        for (index, other) in others.enumerated() { #expect(try other.entry(for: [9]) == nil, "\(index)") }
        let many = FaceFinderConfiguration(enhancement: .off, threads: 3, workers: 4)
        #expect(try cache(recognizer(first, configuration: many)).entry(for: [9])?.faceCount == 7, "speed is no matter")
    }

    @Test("The second time, nothing is detected or embedded; pictures without a face are remembered too")
    func secondTime() async throws {
        let embedder = try FakeEmbedder()
        let detector = FakeDetector { image in image.pixels[0] > 100 ? [face()] : [] }
        let recognizer = recognizer(embedder, detector: detector)
        let sources: [PictureSource] = [
            .bytes(try file(picture(200, 10, 10)), name: "a"), .bytes(try file(picture(10, 10, 10)), name: "none"),
            .bytes([1, 2], name: "bad"),
        ]
        let cache = try cache(recognizer)
        let first = try await entries(sources, recognizer, cache)
        #expect(first[0]?.face != nil && first[0]?.faceCount == 1)
        #expect(first[1] == EmbeddingCache.Entry(faceCount: 0, face: nil))
        #expect(first[2] == nil, "what is no picture is a failure, each time")
        #expect(detector.count == 2 && embedder.count == 1)
        #expect(try await entries(sources, recognizer, cache) == first)
        #expect(detector.count == 2 && embedder.count == 1)
        #expect(try await entries(sources, recognizer, nil) == first)
        #expect(detector.count == 4)
    }

    @Test("Two caches can write to one file at once")
    func twoAtOnce() async throws {
        let embedder = try FakeEmbedder()
        let (one, two) = (try cache(recognizer(embedder)), try cache(recognizer(embedder)))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    try (number.isMultiple(of: 2) ? one : two).store(
                        EmbeddingCache.Entry(faceCount: number, face: nil), for: [UInt8(number / 2)])
                }
            }
            try await group.waitForAll()
        }
        for number in 0..<50 {
            let count = try #require(try one.entry(for: [UInt8(number)])).faceCount
            #expect(count / 2 == number)
        }
    }

    @Test("After any byte of a row has changed, the cache returns the stored entry or nothing")
    func flippedBits() throws {
        let embedder = try FakeEmbedder()
        let recognizer = recognizer(embedder)
        let values: [Float] = [0.1, -0.7, 0.6, 0.2]
        let context = try #require(ContextVector(values: [-3, 2, 1, 0.4, 0.2, 0.1, 0, 0.1, 12, 80, 0.9, -1]))
        let entry = EmbeddingCache.Entry(
            faceCount: 3,
            face: EmbeddedFace(
                embedding: try Embedding(normalizing: values, model: embedder.card.identity), context: context))
        func keep() throws {
            let open = try cache(recognizer)
            try open.store(entry, for: [1, 2, 3])
        }
        try keep()
        let names = try folder.names()
        let kept = try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.url.appending(path: $0))) })
        let needle = try #require(entry.face).embedding.values.withUnsafeBytes { Data($0) }
        let file = try #require(kept.first { $0.value.range(of: needle) != nil }?.key)
        let place = try #require(kept[file]?.range(of: needle)).lowerBound
        var lost = 0
        for offset in stride(from: -60, to: 100, by: 1) {
            let damaged = try TemporaryFolder()
            for (name, contents) in kept {
                var contents = contents
                if name == file, contents.indices.contains(place + offset) { contents[place + offset] ^= 0x80 }
                if !name.hasSuffix("-shm") { try damaged.file(name, contents) }
            }
            let open = try EmbeddingCache(directory: damaged.url, recognizer: recognizer, selection: .center)
            let found = try open.entry(for: [1, 2, 3])
            #expect(found == nil || found == entry, "byte \(offset)")
            if found == nil { lost += 1 }
        }
        #expect(lost > 100)
    }

    @Test("A file that others could read is made private")
    func tightened() throws {
        try folder.file("embeddings.sqlite")
        chmod(folder.path("embeddings.sqlite"), 0o666)
        let open = try cache(recognizer(FakeEmbedder()))
        try open.store(EmbeddingCache.Entry(faceCount: 0, face: nil), for: [1])
        for name in try folder.names() {
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }
}
