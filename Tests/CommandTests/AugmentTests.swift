import Foundation
import Pixels
import TestSupport
import Testing

@Suite("likeness augment", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct AugmentTests {
    @Test(
        "Masks: a file of the same size for each picture; the result depends on the seed, not on the workers; a sheet")
    func masks() throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "in/a.png")
        try folder.small("biden.jpg", as: "in/b.jpg")
        func run(_ to: String, _ more: String...) throws -> [[String: any Sendable]] {
            let outcome = try Command.run(
                ["augment", folder.path("in"), "--to", folder.path(to), "--masks", "--format", "json"] + more,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try JSON.objects(outcome.json())
        }
        let records = try run("one", "--contact-sheet", folder.path("sheet.png"))
        for (record, name) in zip(records, ["a.png", "b.jpg"]) {
            let altered = try #require(try JSON.objects(record["altered"]).first)
            #expect((altered["file"] as? String)?.hasSuffix("one/\(name)") == true)
            #expect(try #require(altered["steps"] as? [any Sendable]).count == 1)
        }
        _ = try run("two", "--workers", "2")
        _ = try run("three", "--seed", "1")
        func bytes(_ path: String) throws -> Data { try Data(contentsOf: folder.url.appending(path: path)) }
        #expect(try bytes("one/a.png") == bytes("two/a.png") && bytes("one/b.jpg") == bytes("two/b.jpg"))
        #expect(try bytes("one/a.png") != bytes("three/a.png"))
        let (before, after) = (
            try Image(contentsOf: folder.url.appending(path: "in/a.png")),
            try Image(contentsOf: folder.url.appending(path: "one/a.png"))
        )
        #expect(before.width == after.width && before.height == after.height && before != after)
        let sheet = try Image(contentsOf: folder.url.appending(path: "sheet.png"))
        #expect(sheet.width == 320 && sheet.height == 160)
    }

    @Test("If no face is found, the alterations of a face are not listed as applied")
    func withoutFace() throws {
        let folder = try TemporaryFolder()
        try folder.blank("in/a.png")
        try folder.file(
            "policy.json",
            Data(#"{"steps": [{"kind": "mask", "probability": 1}, {"kind": "flip", "probability": 1}]}"#.utf8))
        func steps(_ options: String...) throws -> [String] {
            let outcome = try Command.run(
                ["augment", folder.path("in"), "--to", folder.path("out"), "--format", "json"] + options,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let record = try #require(try JSON.objects(outcome.json()).first)
            let altered = try #require(try JSON.objects(record["altered"]).first)
            return try #require(altered["steps"] as? [any Sendable]).compactMap { $0 as? String }
        }
        #expect(try steps("--masks").isEmpty && steps("--masks", "--occluders").isEmpty)
        #expect(try steps("--policy", folder.path("policy.json")) == ["flip"])
        let table = try likeness("augment", folder.path("in"), "--to", folder.path("out"), "--masks")
        #expect(table.output.contains("nothing"))
    }

    @Test("--gan can't be combined with other alterations, and the generator must be installed") func generatorUsage()
        throws
    {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "in/a.png")
        let both = try likeness("augment", folder.path("in"), "--to", folder.path("out"), "--masks", "--gan", "unmask")
        #expect(both.status == 64 && both.errors.contains("--gan can't be used together"))
        #expect(try likeness("augment", folder.path("in"), "--to", folder.path("out"), "--gan", "age").status == 64)
    }

    @Test(
        "A generator puts masks on: equal seeds give equal masks, other seeds other masks; only the lower face changes")
    func generatedMasks() throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "in/a.png")
        func run(_ to: String, seed: Int) throws -> Image {
            let outcome = try likeness(
                "augment", folder.path("in"), "--to", folder.path(to), "--gan", "mask", "--seed", "\(seed)", "--format",
                "json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let record = try #require(try JSON.objects(outcome.json()).first)
            let altered = try #require(try JSON.objects(record["altered"]).first)
            #expect(try #require(altered["steps"] as? [any Sendable]).compactMap { $0 as? String } == ["mask-gan"])
            return try Image(contentsOf: folder.url.appending(path: "\(to)/a.png"))
        }
        let before = try Image(contentsOf: folder.url.appending(path: "in/a.png"))
        let masked = try run("one", seed: 1)
        let (again, other) = (try run("two", seed: 1), try run("three", seed: 2))
        let isRepeatable = again == masked && other != masked
        #expect(isRepeatable)
        // A mask is worn below the eyes: the upper eighth of the picture stays the same, except for at most a
        // hundredth.
        let top = before.pixels.count / 8
        let farthest = zip(before.pixels.prefix(top), masked.pixels.prefix(top)).map { abs(Int($0) - Int($1)) }.max()
        #expect((farthest ?? 255) < 12)
        let changed = zip(before.pixels, masked.pixels).count { abs(Int($0) - Int($1)) > 30 }
        #expect(changed > before.pixels.count / 100 && changed < before.pixels.count / 2)
    }

    @Test(
        "A generator takes a mask off: the result is closer to the bare face than the masked picture is"
    )
    func completedFaces() throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "in/a.png")
        for (from, to, direction) in [("in", "masked", "mask"), ("masked", "bare", "unmask")] {
            let outcome = try likeness(
                "augment", folder.path(from), "--to", folder.path(to), "--gan", direction, "--seed", "3")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        func pixels(_ name: String) throws -> [UInt8] {
            try Image(contentsOf: folder.url.appending(path: "\(name)/a.png")).pixels
        }
        let (bare, masked, completed) = (try pixels("in"), try pixels("masked"), try pixels("bare"))
        var distances = (mask: 0, completion: 0)
        for (index, value) in bare.enumerated() where abs(Int(value) - Int(masked[index])) > 30 {
            distances.mask += abs(Int(value) - Int(masked[index]))
            distances.completion += abs(Int(value) - Int(completed[index]))
        }
        #expect(distances.mask > 0 && Double(distances.completion) < 0.7 * Double(distances.mask))
    }

    @Test("A bad file does not stop the batch; several copies of each picture; only the requested alterations are made")
    func batch() throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "in/a.jpg")
        try folder.file("in/b.jpg", try BadFile.truncated.contents())
        let outcome = try likeness(
            "augment", folder.path("in"), "--to", folder.path("out"), "--masks", "--kind", "kn95", "--coverage", "low",
            "--designs", "testing", "--count", "3", "--format", "jsonl")
        #expect(outcome.status == 3)
        let records = try outcome.jsonLines()
        let altered = try JSON.objects(records[0]["altered"])
        #expect(altered.count == 3)
        for one in altered {
            let steps = try #require(one["steps"] as? [any Sendable]).compactMap { $0 as? String }
            #expect(steps.count == 1 && steps[0].hasPrefix("kn95 ") && steps[0].hasSuffix("plain, low"))
        }
        #expect(try JSON.object(records[1]["error"])["code"] as? String == "truncated_image")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted()
                == ["a-1.jpg", "a-2.jpg", "a-3.jpg"])
    }

    @Test("Subfolders are kept, so that pictures with the same name do not collide")
    func subfolders() throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "in/Ada/0001.jpg")
        try folder.small("biden.jpg", as: "in/Bob/2024/0001.jpg")
        try folder.small("biden.jpg", as: "in/0001.jpg")
        try folder.small("obama.jpg", as: "more/Ada/0001.jpg")
        let outcome = try likeness(
            "augment", folder.path("in"), folder.path("more"), "--recursive", "--to", folder.path("out"), "--masks",
            "--format", "jsonl")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let files = try outcome.jsonLines().map { record in
            try #require(try JSON.objects(record["altered"]).first?["file"] as? String)
                .replacingOccurrences(of: folder.path("out") + "/", with: "")
        }
        #expect(files == ["0001.jpg", "Ada/0001.jpg", "Bob/2024/0001.jpg", "Ada/0001~2.jpg"])
        for file in files { #expect(FileManager.default.fileExists(atPath: folder.path("out/\(file)"))) }
    }

    @Test("An invalid policy and missing templates are reported before any work")
    func faults() throws {
        let folder = try TemporaryFolder()
        let policy = try folder.file("p.json", Data(#"{"steps": [{"kind": "fog", "probability": 1}]}"#.utf8))
        let picture = try folder.small("obama.jpg", as: "a.jpg").path
        let wrong = try likeness("augment", picture, "--to", folder.path("out"), "--policy", policy.path)
        #expect(wrong.status == 65 && wrong.errors.contains("'fog' is not one of"))
        let missing = try likeness("augment", picture, "--to", folder.path("out"), "--policy", folder.path("none"))
        #expect(missing.status == 66)
        let templates = try likeness("augment", picture, "--to", folder.path("out"), "--templates", folder.path("x"))
        #expect(templates.status == 65 && templates.errors.contains("no masks.cfg"))
        let good = try folder.file(
            "q.json", Data(#"{"steps": [{"kind": "flip", "probability": 1}]}"#.utf8))
        let flipped = try likeness("augment", picture, "--to", folder.path("out"), "--policy", good.path, "--quiet")
        #expect(flipped.status == 0)
    }
}

@Suite("likeness pack", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct PackTests {
    private func people(_ folder: TemporaryFolder) throws {
        try folder.small("obama.jpg", as: "people/obama/1.png")
        try folder.small("obama2.jpg", as: "people/obama/2.png")
        try folder.small("biden.jpg", as: "people/biden/1.png")
        try folder.blank("people/biden/2.png")
    }

    @Test("A folder of people becomes an archive; pictures without a face are noted; a second run is refused")
    func folder() throws {
        let folder = try TemporaryFolder()
        try people(folder)
        func run() throws -> Command.Outcome {
            try likeness("pack", "--people", folder.path("people"), "--to", folder.path("faces"))
        }
        let outcome = try run()
        #expect(outcome.status == 3, "\(outcome.errors)")
        #expect(outcome.errors.contains("3 faces packed, 1 picture left out"))
        let index = try String(contentsOf: folder.url.appending(path: "faces/index.jsonl"), encoding: .utf8)
        let lines = try index.split(separator: "\n").map { try JSON.object(of: Data($0.utf8)) }
        #expect(lines.count == 5)
        #expect(lines[0]["entries"] as? Double == 3 && lines[0]["detector"] as? String == "yunet")
        #expect(lines[1...3].compactMap { $0["identity"] as? String } == ["biden", "obama", "obama"])
        #expect(lines[4]["file"] as? String == "biden/2.png")
        let again = try run()
        #expect(again.status == 65 && again.errors.contains("is finished"))
    }

    @Test("An interrupted packing continues without looking at the packed pictures again")
    func resumed() throws {
        let folder = try TemporaryFolder()
        try people(folder)
        let whole = try likeness("pack", "--people", folder.path("people"), "--to", folder.path("whole"))
        #expect(whole.status == 3)
        let index = try String(contentsOf: folder.url.appending(path: "whole/index.jsonl"), encoding: .utf8)
        let lines = index.split(separator: "\n").map(String.init)
        // The files of a killed run: a journal with some of the lines, and a part with more pictures than the journal
        // lists.
        let header =
            #"{"crop":{"extent":1.7,"quality":95,"side":192},"detector":"yunet","format":"likeness-faces","#
            + #""version":1}"#
        try folder.file("half/index.partial", Data("\(header)\n\(lines[1])\n\(lines[2].prefix(40))".utf8))
        try folder.copy(folder.url.appending(path: "whole/part-0001.bin"), to: "half/part-0001.bin")
        try FileManager.default.removeItem(at: folder.url.appending(path: "people/biden/1.png"))
        try folder.blank("people/biden/1.png")
        let resumed = try likeness("pack", "--people", folder.path("people"), "--to", folder.path("half"))
        #expect(resumed.status == 3)
        #expect(resumed.errors.contains("already packed: 1 picture"))
        func bytes(_ path: String) throws -> Data { try Data(contentsOf: folder.url.appending(path: path)) }
        #expect(try bytes("half/part-0001.bin") == bytes("whole/part-0001.bin"))
        #expect(try bytes("half/index.jsonl") == bytes("whole/index.jsonl"))
    }

    @Test("Lists: pairs.txt and CSV with the folder of their pictures; a list that is missing")
    func lists() throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "Ada/Ada_0001.jpg")
        try folder.small("obama2.jpg", as: "Ada/Ada_0002.jpg")
        try folder.small("biden.jpg", as: "Bob/Bob_0001.jpg")
        try folder.file("pairs.txt", Data("1\nAda\t1\t2\nAda\t1\tBob\t1\n".utf8))
        try folder.file("list.csv", Data("file,identity\nAda/Ada_0001.jpg,ada\n".utf8))
        let pairs = try likeness(
            "pack", "--pairs", folder.path("pairs.txt"), "--images", folder.url.path, "--to", folder.path("p"))
        #expect(pairs.status == 0 && pairs.errors.contains("3 faces packed"))
        let list = try likeness(
            "pack", "--list", folder.path("list.csv"), "--images", folder.url.path, "--to", folder.path("l"),
            "--subset", "validation", "--quiet")
        #expect(list.status == 0 && list.errors.isEmpty)
        let index = try String(contentsOf: folder.url.appending(path: "l/index.jsonl"), encoding: .utf8)
        #expect(index.contains("\"subset\":\"validation\""))
        let missing = try likeness(
            "pack", "--list", folder.path("none.csv"), "--images", folder.url.path, "--to", folder.path("n"))
        #expect(missing.status == 66)
    }
}
