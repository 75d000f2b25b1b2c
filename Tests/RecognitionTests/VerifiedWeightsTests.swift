import Faces
import Foundation
import LikenessSupport
import TestSupport
import Testing

@testable import Recognition

@Suite("Verification of weights by their card")
struct VerifiedWeightsTests {
    private let folder: TemporaryFolder
    private let contents = Data((0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 7) })

    init() throws { folder = try TemporaryFolder() }

    private var records: URL { folder.url.appending(path: "records") }

    private func weights() throws -> ModelCard.Weights {
        ModelCard.Weights(
            file: "model.onnx", sha256: try SHA256(of: contents).hexadecimal, bytes: contents.count, precisions: ["f32"]
        )
    }

    private func check(_ file: URL) throws {
        try VerifiedWeights(directory: records).check(file, against: weights())
    }

    private func recorded() throws -> [String: Data] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: records.path)) ?? []
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: records.appending(path: $0))) })
    }

    private func expectRefused(_ file: URL, _ comment: Comment) {
        #expect(comment) {
            try check(file)
        } throws: { error in
            guard case .damagedWeights = error as? RecognitionError else { return false }
            return true
        }
    }

    /// Changes a file without changing its size or its modification time.
    private func changeQuietly(_ file: URL, _ change: (inout Data) -> Void) throws {
        let date = try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
        var data = try Data(contentsOf: file)
        change(&data)
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: data)
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: try #require(date)], ofItemAtPath: file.path)
    }

    @Test("A correct file is recorded, privately, and not digested again")
    func remembered() throws {
        let file = try folder.file("model/model.onnx", contents)
        try check(file)
        let first = try recorded()
        #expect(first.count == 1)
        let name = try #require(first.keys.first)
        #expect(
            try FileManager.default.attributesOfItem(atPath: records.appending(path: name).path)[.posixPermissions]
                as? Int == 0o600)
        let written = try FileManager.default.attributesOfItem(atPath: records.path)[.modificationDate] as? Date
        try check(file)
        #expect(try recorded() == first)
        #expect(try FileManager.default.attributesOfItem(atPath: records.path)[.modificationDate] as? Date == written)
        let other = try folder.file("other/model.onnx", contents)
        try check(other)
        #expect(try recorded().count == 2)
    }

    @Test("One changed byte is refused, whatever the file's time is; so is another file in its place")
    func changed() throws {
        let file = try folder.file("model/model.onnx", contents)
        try check(file)
        for place in [0, contents.count / 2, contents.count - 1] {
            try changeQuietly(file) { $0[place] ^= 1 }
            expectRefused(file, "byte \(place)")
            expectRefused(file, "byte \(place), again")
            try changeQuietly(file) { $0[place] ^= 1 }
            try check(file)
        }
        var wrong = contents
        wrong[5] ^= 128
        let other = try folder.file("other", wrong)
        let date = try FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
        try FileManager.default.setAttributes([.modificationDate: try #require(date)], ofItemAtPath: other.path)
        try #require(rename(other.path, file.path) == 0)
        expectRefused(file, "another file")
        try contents.dropLast().write(to: file)
        expectRefused(file, "shorter")
        try FileManager.default.removeItem(at: file)
        expectRefused(file, "gone")
    }

    @Test("A new time only causes a new digest, which is then recorded")
    func touched() throws {
        let file = try folder.file("model/model.onnx", contents)
        try check(file)
        let before = try recorded()
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: file.path)
        try check(file)
        #expect(try recorded().keys == before.keys && recorded() != before)
    }

    @Test("Records that are damaged or can't be written are ignored")
    func damagedRecords() throws {
        let file = try folder.file("model/model.onnx", contents)
        try check(file)
        let name = try #require(try recorded().keys.first), place = records.appending(path: name)
        let whole = try Data(contentsOf: place)
        for damaged in [Data(), Data("{}".utf8), whole.prefix(20), Data("null".utf8), Data(repeating: 255, count: 99)] {
            try damaged.write(to: place)
            try check(file)
            #expect(try JSONSerialization.jsonObject(with: Data(contentsOf: place)) as? [String: any Sendable] != nil)
            try damaged.write(to: place)
            try changeQuietly(file) { $0[1] ^= 1 }
            expectRefused(file, "damaged record")
            try changeQuietly(file) { $0[1] ^= 1 }
        }
        try FileManager.default.removeItem(at: records)
        try Data().write(to: records)
        try check(file)
        try changeQuietly(file) { $0[1] ^= 1 }
        expectRefused(file, "no records")
    }
}
