import Foundation
import Pixels
import TestSupport
import Testing

@Suite(
    "Large pictures, HEIC, missing ends and little memory",
    .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct LargePictureTests {
    /// Returns a portrait enlarged to about this many megapixels.
    private static func photograph(megapixels: Int) throws -> Image {
        let portrait = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let scale = (Double(megapixels) * 1e6 / Double(portrait.width * portrait.height)).squareRoot()
        return portrait.resized(
            width: Int(Double(portrait.width) * scale), height: Int(Double(portrait.height) * scale), method: .bilinear)
    }

    @Test("With any memory limit, the result is the answer or 'not enough memory', and the process never crashes")
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
        let small = folder.path("small.jpg")
        for memory in [1250, 1350, 1450, 1550] {
            for command in [
                ["verify", small, small, "--threshold", threshold],
                ["detect", small, "--annotate", folder.path("drawn")],
            ] {
                let outcome = try Command.run(
                    command, environment: ["LIKENESS_HOME": Fixtures.dependencies.path], timeout: 120, memory: memory)
                let said = outcome.errors + outcome.output
                #expect(
                    outcome.status == 0 || (outcome.status == 71 && said.contains("not enough memory")),
                    "\(memory) MiB, \(command[0]): \(outcome.status) \(said.suffix(300))")
            }
        }
    }

    @Test("An interrupt while the HEIC reader hangs ends the command and the reader", arguments: [false, true])
    func hangingDecoder(isDetected: Bool) throws {
        let folder = try TemporaryFolder()
        let heic = Data([0, 0, 0, 24]) + Data("ftypheic".utf8) + Data([0, 0, 0, 0]) + Data("mif1heic".utf8)
        for name in ["a.heic", "b.heic"] { try folder.file(name, heic) }
        let helper = try folder.file(
            "helper", Data("#!/bin/sh\necho $$ >> \"$PIDS\"\nsleep 300 &\necho $! >> \"$PIDS\"\nwait\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: helper.path)
        let command = isDetected ? "detect a.heic b.heic --format jsonl" : "verify a.heic b.heic"
        let outcome = try Command.shell(
            """
            "$LIKENESS" \(command) & command=$!
            while [ "$(wc -l < "$PIDS" 2>/dev/null || echo 0)" -lt 2 ]; do sleep 0.05; done
            kill -TERM $command
            wait $command; echo "status $?"
            sleep 0.2
            for pid in $(cat "$PIDS"); do grep -q '^State:.*[RSDT] ' /proc/$pid/status 2>/dev/null && echo "left $pid"; done
            exit 0
            """,
            environment: [
                "LIKENESS_HOME": Fixtures.dependencies.path, "LIKENESS_HEIF": helper.path, "PIDS": folder.path("pids"),
            ], directory: folder.url, timeout: 40)
        #expect(outcome.output.contains("status 130"), "\(outcome.output) \(outcome.errors)")
        #expect(!outcome.output.contains("left "), "\(outcome.output)")
        #expect(!outcome.output.contains("corrupt"), "nothing is wrong with the picture: \(outcome.output)")
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

    @Test("A file without its end is read, and the record and the standard error report it")
    func remark() throws {
        let folder = try TemporaryFolder()
        let bytes = try Image(contentsOf: Fixtures.portrait("obama.jpg")).encoded(as: .jpeg())
        try folder.file("cut.jpg", Data(bytes.dropLast(2)))
        let outcome = try likeness("detect", folder.path("cut.jpg"), "--format", "jsonl")
        #expect(outcome.status == 0 && outcome.errors.contains("cut.jpg"))
        let remarks = try outcome.jsonLines().first?["remarks"] as? [any Sendable]
        #expect((remarks?.first as? [String: any Sendable])?["code"] as? String == "no_end")
        let (cut, whole) = (folder.path("cut.jpg"), portrait("obama2.jpg"))
        for command in [
            ["embed", cut], ["align", cut, "--to", folder.path("aligned")],
            ["enroll", "--store", folder.path("s.sqlite"), "Barack", cut, "--gate", "off"],
            ["identify", "--store", folder.path("s.sqlite"), cut, "--threshold", threshold],
            ["augment", cut, "--masks", "--to", folder.path("masked")],
            ["verify", cut, whole, "--threshold", threshold], ["explain", whole, cut, "--threshold", threshold],
        ] {
            let outcome = try Command.run(
                command + ["--format", "jsonl"], environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 0, "\(command): \(outcome.errors)")
            #expect(outcome.errors.contains("cut.jpg: The file lacks its end"), "\(command): \(outcome.errors)")
            let record = try #require(try outcome.jsonLines().first)
            let side = command[0] == "verify" ? record["a"] : command[0] == "explain" ? record["b"] : record
            let found = try JSON.objects(JSON.object(side)["remarks"])
            #expect(found.compactMap { $0["code"] as? String } == ["no_end"], "\(command)")
        }
        try folder.file("pairs.csv", Data("image_a,image_b,same\ncut.jpg,b.jpg,1\ncut.jpg,c.jpg,0\n".utf8))
        try folder.copy(Fixtures.portrait("obama2.jpg"), to: "b.jpg")
        try folder.copy(Fixtures.portrait("biden.jpg"), to: "c.jpg")
        for _ in 0..<2 {
            let measured = try likeness(
                "evaluate", "pairs", "--pairs", folder.path("pairs.csv"), "--images", folder.url.path, "--format",
                "json", environment: ["XDG_CACHE_HOME": folder.path("cache")])
            #expect(measured.status == 0 && measured.errors.contains("cut.jpg: The file lacks its end"))
            let remarks = try JSON.objects(JSON.object(measured.json())["remarks"])
            #expect(remarks.compactMap { $0["image"] as? String } == ["cut.jpg"])
        }
    }

    @Test("If the HEIC reader is missing, crashes or hangs, one picture fails and the others are read")
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
