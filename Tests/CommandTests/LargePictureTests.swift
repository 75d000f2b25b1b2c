import Foundation
import Pixels
import TestSupport
import Testing

@Suite(
    "Large pictures, HEIC, missing ends and little memory",
    .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct LargePictureTests {
    /// A portrait enlarged to about this many megapixels.
    private static func photograph(megapixels: Int) throws -> Image {
        let portrait = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let scale = (Double(megapixels) * 1e6 / Double(portrait.width * portrait.height)).squareRoot()
        return portrait.resized(
            width: Int(Double(portrait.width) * scale), height: Int(Double(portrait.height) * scale), method: .bilinear)
    }

    @Test("Under every limit on memory the answer or 'not enough memory', and never the end of the process")
    func littleMemory() throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "small.jpg")
        try Self.photograph(megapixels: 12).write(to: folder.file("large.jpg"))
        try Self.photograph(megapixels: 48).write(to: folder.file("huge.png"), as: .png)
        var answered = 0
        for (index, memory) in [200, 300, 400, 500, 650, 800, 1000, 1200, 1500, 2000, 3000, 4000].enumerated() {
            let picture = ["small.jpg", "large.jpg", "huge.png"][index % 3]
            let outcome = try Command.run(
                [index % 2 == 0 ? "detect" : "embed", folder.path(picture), "--format", "json"],
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path], timeout: 120, memory: memory)
            let said = outcome.errors + outcome.output
            #expect(
                outcome.status == 0 || (outcome.status == 71 && said.contains("not enough memory")),
                "\(memory) MiB, \(picture): \(outcome.status) \(said.suffix(300))")
            if outcome.status == 0 { answered += 1 }
        }
        #expect(answered >= 2)
    }

    @Test("48 megapixels are read by default, and drawn at their full size")
    func largePicture() throws {
        let folder = try TemporaryFolder()
        let photograph = try Self.photograph(megapixels: 48)
        try photograph.write(to: folder.file("photo.jpg"))
        let outcome = try likeness(
            "detect", folder.path("photo.jpg"), "--format", "jsonl", "--annotate", folder.path("drawn"))
        #expect(outcome.status == 0)
        let record = try #require(try outcome.jsonLines().first)
        #expect(
            record["width"] as? Double == Double(photograph.width) && (record["faces"] as? [any Sendable])?.count == 1)
        let header = try ImageHeader(contentsOf: folder.url.appending(path: "drawn/photo.jpg"))
        #expect(header.width == photograph.width && header.height == photograph.height)
        let refused = try likeness("detect", folder.path("photo.jpg"), "--max-megapixels", "40")
        #expect(refused.status == 65 && refused.errors.contains("--max-megapixels"))
        let limited = try likeness(
            "detect", folder.path("photo.jpg"), "--annotate", folder.path("drawn"), "--max-memory", "100")
        #expect(limited.status == 65 && limited.errors.contains("--max-memory"))
    }

    @Test("A file without its end is read, and that is said in the record and on the standard error")
    func remark() throws {
        let folder = try TemporaryFolder()
        let bytes = try Image(contentsOf: Fixtures.portrait("obama.jpg")).encoded(as: .jpeg())
        try folder.file("cut.jpg", Data(bytes.dropLast(2)))
        let outcome = try likeness("detect", folder.path("cut.jpg"), "--format", "jsonl")
        #expect(outcome.status == 0 && outcome.errors.contains("cut.jpg"))
        let remarks = try outcome.jsonLines().first?["remarks"] as? [any Sendable]
        #expect((remarks?.first as? [String: any Sendable])?["code"] as? String == "no_end")
    }

    @Test("Where what reads HEIC is missing, crashes or hangs, one picture fails and the others are read")
    func decoderFailures() throws {
        let folder = try TemporaryFolder()
        let heic = Data([0, 0, 0, 24]) + Data("ftypheic".utf8) + Data([0, 0, 0, 0]) + Data("mif1heic".utf8)
        try folder.file("a.heic", heic)
        try folder.blank("b.png")
        func run(_ helper: String) throws -> (status: Int32, code: String?) {
            let outcome = try likeness(
                "detect", folder.path("a.heic"), folder.path("b.png"), "--format", "jsonl",
                environment: ["LIKENESS_HEIF": helper])
            let lines = try outcome.jsonLines()
            #expect(lines.count == 2 && lines.last?["faces"] != nil)
            return (outcome.status, (lines.first?["error"] as? [String: any Sendable])?["code"] as? String)
        }
        func script(_ name: String, _ body: String) throws -> String {
            let file = try folder.file(name, Data("#!/bin/sh\n\(body)\n".utf8))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
            return file.path
        }
        #expect(try run("/nowhere/likeness-heif") == (3, "decoder_missing"))
        #expect(try run(script("crash", "kill -SEGV $$")) == (3, "corrupt_image"))
        #expect(try run(script("none", "exit 0")) == (3, "corrupt_image"))
        #expect(try run(script("part", "echo size 400 300; echo few rows")) == (3, "corrupt_image"))
        #expect(try run(script("lies", "echo size 0 -3")) == (3, "corrupt_image"))
        #expect(
            try run(script("library", "echo missing the library libheif is not installed")) == (3, "decoder_missing"))
    }
}
