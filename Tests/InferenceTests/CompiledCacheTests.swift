import Foundation
import LikenessSupport
import TestSupport
import Testing

@testable import Inference

/// A new folder for each test.
final class ScratchFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "likeness-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Every file in the folder and its subfolders.
    var files: [URL] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []
        return names.map { url.appending(path: $0) }.filter { !$0.hasDirectoryPath && isFile($0) }
    }

    private func isFile(_ file: URL) -> Bool {
        (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
    }
}

struct ChecksumTests {
    private func checksum(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
        bytes.withUnsafeBytes { Checksum.of($0, seed: seed) }
    }

    @Test func everyFlippedBitChangesIt() {
        let bytes = (0..<150).map { UInt8($0) }
        var seen: Set<UInt64> = [checksum(bytes)]
        for index in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[index] ^= 1 << bit
                seen.insert(checksum(flipped))
            }
        }
        #expect(seen.count == 1 + 150 * 8)
    }

    @Test func lengthAndSeedChangeIt() {
        let lengths = Set((0..<200).map { checksum([UInt8](repeating: 0, count: $0)) })
        #expect(lengths.count == 200)
        #expect(checksum([1, 2, 3], seed: 1) != checksum([1, 2, 3], seed: 2))
    }
}

struct CompiledCacheTests {
    let folder: ScratchFolder
    let network: URL

    init() throws {
        folder = try ScratchFolder()
        network = folder.url.appending(path: "net.onnx")
        try Data("network".utf8).write(to: network)
    }

    private func cache(_ description: String = "f32", digest: String? = nil, engine: String = "1") -> CompiledCache {
        CompiledCache(
            directory: folder.url.appending(path: "cache"), network: network, description: description, digest: digest,
            engineVersion: engine)
    }

    private func write(_ contents: [UInt8], to cache: CompiledCache) {
        cache.write { try Data(contents).write(to: URL(filePath: $0)) }
    }

    private func contents(of cache: CompiledCache) -> [UInt8]? { cache.read { bytes, _ in Array(bytes) } }

    @Test func whatIsWrittenIsRead() {
        #expect(contents(of: cache()) == nil)
        write([1, 2, 3], to: cache())
        #expect(contents(of: cache()) == [1, 2, 3])
        write([4], to: cache())
        #expect(contents(of: cache()) == [4])
        #expect(contents(of: cache("bf16")) == nil)
    }

    @Test func anotherEngineOrNetworkIsCompiledAnew() throws {
        write([1, 2, 3], to: cache())
        #expect(contents(of: cache(engine: "2")) == nil)
        try Data("another network".utf8).write(to: network)
        #expect(contents(of: cache()) == nil)
        #expect(cache().file == cache(engine: "2").file)
    }

    @Test func aKnownDigestCountsAndNotTheTime() throws {
        write([1, 2, 3], to: cache(digest: "a"))
        #expect(contents(of: cache(digest: "b")) == nil)
        #expect(contents(of: cache()) == nil)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: network.path)
        #expect(contents(of: cache(digest: "a")) == [1, 2, 3])
    }

    @Test func aNanosecondIsAnotherTime() throws {
        func set(_ nanoseconds: Int) {
            var times = [
                timespec(tv_sec: 1_700_000_000, tv_nsec: nanoseconds),
                timespec(tv_sec: 1_700_000_000, tv_nsec: nanoseconds),
            ]
            #expect(utimensat(AT_FDCWD, network.path, &times, 0) == 0)
        }
        set(1)
        write([1, 2, 3], to: cache())
        set(2)
        #expect(contents(of: cache()) == nil)
        set(1)
        #expect(contents(of: cache()) == [1, 2, 3])
    }

    @Test func onlyTheUserCanReadThem() throws {
        write([1], to: cache())
        let attributes = try FileManager.default.attributesOfItem(atPath: cache().file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func usingOneIsNoted() throws {
        write([1, 2, 3], to: cache())
        let file = cache().file
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: file.path)
        #expect(contents(of: cache()) == [1, 2, 3])
        let date = try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
        #expect(try #require(date).timeIntervalSinceNow > -3600)
    }

    @Test func damagedFilesAreNone() throws {
        let cache = cache()
        let bytes = (0..<100).map { UInt8($0) }
        write(bytes, to: cache)
        let whole = try Data(contentsOf: cache.file)
        for count in [0, 1, 8, 50, whole.count - 1] {
            try whole.prefix(count).write(to: cache.file)
            #expect(contents(of: cache) == nil)
        }
        for index in whole.indices {
            var flipped = whole
            flipped[index] ^= 0x10
            try flipped.write(to: cache.file)
            #expect(contents(of: cache) == nil)
        }
        write(bytes, to: cache)
        #expect(contents(of: cache) == bytes)
    }

    @Test func aFailedExportLeavesNothing() {
        struct Failure: Error {}
        let cache = cache()
        cache.write { _ in throw Failure() }
        #expect(contents(of: cache) == nil)
        #expect((try? FileManager.default.contentsOfDirectory(atPath: cache.directory.path)) == [])
    }

    @Test func aFolderThatCannotBeMadeIsNoError() {
        let blocked = CompiledCache(
            directory: network.appending(path: "inside-a-file"), network: network, description: "",
            engineVersion: "1")
        write([1], to: blocked)
        #expect(contents(of: blocked) == nil)
    }
}

@Suite(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct CachedNetworkTests {
    let engine: Engine
    let folder: ScratchFolder
    let input = Tensor(shape: [1, 3, 64, 64], values: (0..<64 * 64 * 3).map { Float($0 * 31 % 256) })

    init() throws {
        engine = try Engine(libraryDirectory: Fixtures.engine)
        folder = try ScratchFolder()
    }

    private func network(_ url: URL = Fixtures.model("yunet"), cached: Bool = true) throws -> Network {
        let network = try Network(
            engine: engine, contentsOf: url, inputShapes: [input.shape],
            configuration: NetworkConfiguration(
                precision: .exactly(.f32), threads: 1, cacheDirectory: cached ? folder.url : nil))
        CompiledCache.finishWriting()
        return network
    }

    @Test func aCachedNetworkComputesTheSame() throws {
        let expected = try network(cached: false).run(input)
        for _ in 0..<2 {
            let network = try network()
            #expect(try network.run(input) == expected)
            #expect(network.precision == .f32)
            #expect(network.outputs.count == 12)
        }
        #expect(folder.files.map(\.pathExtension) == ["network"])
    }

    @Test func theFileIsNotReadAgain() throws {
        let copy = folder.url.appending(path: "copy.onnx"), files = FileManager.default
        try files.copyItem(at: Fixtures.model("yunet"), to: copy)
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        try files.setAttributes([.modificationDate: date], ofItemAtPath: copy.path)
        let expected = try network(copy).run(input)
        let size = try #require(try files.attributesOfItem(atPath: copy.path)[.size] as? Int)
        // Garbage of the same size and date: only the cache can provide the network.
        try Data(count: size).write(to: copy)
        try files.setAttributes([.modificationDate: date], ofItemAtPath: copy.path)
        #expect(try network(copy).run(input) == expected)
        try files.setAttributes([.modificationDate: date.addingTimeInterval(60)], ofItemAtPath: copy.path)
        #expect(throws: EngineError.self) { try network(copy) }
    }

    @Test func weightsOfAnotherDigestAreRefused() throws {
        let copy = folder.url.appending(path: "copy/model.onnx"), files = FileManager.default
        try files.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        try files.copyItem(at: Fixtures.model("yunet"), to: copy)
        let digest = try SHA256(of: Data(contentsOf: copy)).hexadecimal
        func load(_ digest: String) throws -> Network {
            try Network(
                engine: engine, contentsOf: copy, inputShapes: [input.shape],
                configuration: NetworkConfiguration(
                    precision: .exactly(.f32), threads: 1, cacheDirectory: folder.url.appending(path: "cache"),
                    digests: ["model.onnx": digest]))
        }
        let other = String(repeating: "0", count: 64)
        #expect(throws: EngineError.changedNetwork(path: copy.path, digest: digest)) { try load(other) }
        let expected = try load(digest).run(input)
        #expect(try load(digest).run(input) == expected)
        #expect(throws: EngineError.changedNetwork(path: copy.path, digest: digest), "nor from the cache") {
            try load(other)
        }
        #expect(throws: EngineError.changedNetwork(path: copy.path, digest: digest)) {
            try Network(
                engine: engine, contentsOf: copy, exposing: [], inputShapes: [input.shape],
                configuration: NetworkConfiguration(digests: ["model.onnx": other]))
        }
    }

    /// Whether the first is in the file by then or still to be written.
    @Test func aNetworkThatIsWrittenLaterIsThereForTheNext() throws {
        let cache = CompiledCache(
            directory: folder.url, network: Fixtures.model("yunet"), description: "x", digest: "d", engineVersion: "1")
        cache.exportNowAndKeepLater { try Data("later".utf8).write(to: URL(filePath: $0)) }
        #expect(cache.read { bytes, _ in String(decoding: bytes, as: UTF8.self) } == "later")
    }

    /// An export beside the first run once wrote networks that ended the next process.
    @Test func aNetworkThatRunsAtOnceIsExportedAsItWasCompiled() async throws {
        let face = Tensor(shape: [1, 3, 112, 112], values: (0..<3 * 112 * 112).map { Float($0 % 255) })
        let file = Fixtures.model("sface")
        func network(in folder: ScratchFolder?) throws -> Network {
            try Network(
                engine: engine, contentsOf: file,
                configuration: NetworkConfiguration(precision: .exactly(.f32), cacheDirectory: folder?.url))
        }
        let expected = try await EngineExecutor.run { try network(in: nil).run(face) }
        for _ in 0..<8 {
            let folder = try ScratchFolder()
            for start in ["compiled", "read from the cache"] {
                let outputs = try await EngineExecutor.run { try network(in: folder).run(face) }
                #expect(outputs == expected, "\(start)")
            }
            #expect(folder.files.count == 1)
        }
    }

    @Test func damageHeals() throws {
        let expected = try network().run(input)
        let file = try #require(folder.files.first), whole = try Data(contentsOf: file)
        var flipped = whole
        flipped[whole.count / 2] ^= 1
        for damaged in [Data(), whole.prefix(1000), flipped, Data(count: whole.count)] {
            try damaged.write(to: file)
            #expect(try network().run(input) == expected)
            #expect(folder.files == [file])
            #expect(try Data(contentsOf: file) != damaged)
        }
    }

    @Test func manyMayStartAtOnce() async throws {
        let expected = try await EngineExecutor.run { try network(cached: false).run(input) }
        try await withThrowingTaskGroup(of: [Tensor].self) { group in
            for _ in 0..<6 { group.addTask { try await EngineExecutor.run { try network().run(input) } } }
            for try await outputs in group { #expect(outputs == expected) }
        }
        #expect(folder.files.count == 1)
    }

    @Test func settingsOutliveTheCache() throws {
        for threads in [2, 1, 2, 1] {
            let network = try Network(
                engine: engine, contentsOf: Fixtures.model("yunet"), inputShapes: [input.shape],
                configuration: NetworkConfiguration(
                    precision: .exactly(.f32), threads: threads, cacheDirectory: folder.url))
            #expect(network.threads == threads)
            #expect(network.precision == .f32)
        }
        CompiledCache.finishWriting()
        #expect(folder.files.count == 2)
    }
}
