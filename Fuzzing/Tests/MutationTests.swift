import Foundation
import LikenessSupport
import Testing

/// A short version of `scripts/fuzz`: every reader is given its corpus, and seeded mutations of it.
///
/// A trap ends the tests. The same seeds give the same inputs, so that a failure can be reproduced.
@Suite("Readers return or throw promised errors for arbitrary bytes")
struct MutationTests {
    /// The root folder of the clone.
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("Every file of the corpus, and mutations of it", arguments: Reader.all.map(\.name))
    func mutated(name: String) async throws {
        let reader = try #require(Reader.all.first { $0.name == name })
        let corpus = try Self.corpus(of: name)
        #expect(!corpus.isEmpty, "\(name) has a corpus")
        for bytes in corpus { try await reader.read(bytes) }
        var mutator = Mutator(seed: 15)
        for number in 0..<Self.mutations(of: reader) {
            var bytes = corpus[number % corpus.count]
            if bytes.count > reader.longest { bytes.removeLast(bytes.count - reader.longest) }
            for _ in 0...mutator.number(below: 3) { mutator.change(&bytes) }
            do {
                try await reader.read(bytes)
            } catch {
                Issue.record("mutation \(number), \(Data(bytes).base64EncodedString()): \(error)")
            }
        }
    }

    /// Returns the number of mutations: stores and folders are files, a hundred times slower than memory.
    private static func mutations(of reader: Reader) -> Int {
        switch reader.name {
        case "store-rows", "store-file", "store-log", "gallery-export": 60
        case "archive", "archive-journal", "experiment", "run-folder", "checkpoint", "mask-templates",
            "augmentation-policy", "search-journal", "model-card", "gallery-document":
            500
        default: 3000
        }
    }

    private static func corpus(of name: String) throws -> [[UInt8]] {
        var files = try FileManager.default.contentsOfDirectory(
            at: root.appending(path: "Fuzzing/Corpus/\(name)"), includingPropertiesForKeys: nil)
        if let ending = ["jpeg": "jpg", "png": "png", "webp": "webp"][name] {
            files += try FileManager.default.contentsOfDirectory(
                at: root.appending(path: "Tests/PixelsTests/Resources"), includingPropertiesForKeys: nil
            ).filter { $0.pathExtension == ending }
        }
        return try files.filter { !$0.lastPathComponent.hasPrefix(".") }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }.map { [UInt8](try Data(contentsOf: $0)) }
    }
}

/// Changes bytes at random, as damage or an attacker would.
private struct Mutator {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(state: seed) }

    /// Numbers that overflow in additions, multiplications or conversions.
    private static let numbers = [
        "0", "-1", "1e308", "-1e308", "1e-320", "0.5", "127", "65536", "2147483648", "1099511627776",
        "2305843009213693952", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "null", "\"\"",
        "[]", "{}", "true",
    ]

    mutating func number(below count: Int) -> Int { Int(generator.next() % UInt64(max(count, 1))) }

    mutating func change(_ bytes: inout [UInt8]) {
        let place = number(below: bytes.count + 1)
        switch number(below: 9) {
        case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8(number(below: 8)) }
        case 1: if place < bytes.count { bytes[place] = UInt8(number(below: 256)) }
        case 2: if place < bytes.count { bytes[place] = [0, 0x7F, 0x80, 0xFF][number(below: 4)] }
        case 3: bytes.removeLast(bytes.count - place)
        case 4: bytes.removeSubrange(place..<min(place + 1 + number(below: 16), bytes.count))
        case 5: bytes.insert(contentsOf: bytes[place..<min(place + 1 + number(below: 64), bytes.count)], at: place)
        case 6: bytes.insert(contentsOf: (0...number(below: 8)).map { _ in UInt8(number(below: 256)) }, at: place)
        default: replaceNumber(after: place, in: &bytes)
        }
    }

    /// Replaces the next decimal number by another.
    private mutating func replaceNumber(after place: Int, in bytes: inout [UInt8]) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
        let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: Array(Self.numbers[number(below: Self.numbers.count)].utf8))
    }
}
