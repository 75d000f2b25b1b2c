import Foundation
import Pixels
import TestSupport
import Testing

@Suite("likeness detect, align, embed", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct DetectTests {
    @Test("One picture: the fields, the size and a face; only data on the standard output")
    func onePicture() throws {
        let file = portrait("obama.jpg")
        let outcome = try likeness("detect", file, "--format", "json")
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        let record = try #require(try JSON.objects(outcome.json()).first)
        let faces = try Contract.faces(of: record)
        try #require(faces.count == 1)
        #expect(record["image"] as? String == file)
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        #expect(record["width"] as? Double == Double(image.width))
        #expect(record["height"] as? Double == Double(image.height))
        #expect(record["detector"] as? String == "yunet")
        #expect(record["enhancement"] as? String == "none")
        let points = try JSON.object(faces[0]["landmarks"])
        let x = try Contract.landmarks.map { try #require(JSON.object(points[$0])["x"] as? Double) }
        #expect(x[0] < x[2] && x[2] < x[1] && x[3] < x[4], "left and right are as seen in the picture")
    }

    @Test("A detector can be named by its own name or by its model's; other names are refused with the installed ones")
    func detectorNames() throws {
        for name in ["retinaface", "retinaface-mobilenet025"] {
            let outcome = try likeness("detect", portrait("obama.jpg"), "--detector", name, "--format", "json")
            #expect(outcome.status == 0)
            #expect(try JSON.objects(outcome.json()).first?["detector"] as? String == name)
        }
        for name in ["nobody", "sface", ""] {
            let outcome = try likeness("detect", portrait("obama.jpg"), "--detector", name)
            #expect(outcome.status == 69 && outcome.output.isEmpty)
            #expect(outcome.errors.contains("no detector called '\(name)'"))
            #expect(outcome.errors.contains("yunet, yunet-trained, mtcnn, retinaface"))
        }
    }

    @Test("Without age estimation, the child probability is null, and nothing else changes")
    func withoutAges() throws {
        let file = portrait("obama.jpg")
        func context(_ options: [String]) throws -> [String: any Sendable] {
            let outcome = try Command.run(
                ["detect", file, "--format", "json"] + options,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 0 && outcome.errors.isEmpty)
            let record = try #require(try JSON.objects(outcome.json()).first)
            let face = try #require(try JSON.objects(record["faces"]).first)
            return try JSON.object(face["context"])
        }
        let (with, without) = (try context([]), try context(["--no-ages"]))
        #expect((with["childProbability"] is Double) == hasAgeClassifier)
        #expect(without["childProbability"] is JSON.Null)
        #expect(Set(with.keys) == Set(without.keys))
        for (name, value) in with where !["childProbability", "maskProbability"].contains(name) {
            #expect(value as? Double == without[name] as? Double, "\(name)")
        }
    }

    @Test("Without quality estimation, the quality is null, and nothing else changes")
    func withoutQuality() throws {
        func context(_ options: [String]) throws -> [String: any Sendable] {
            let outcome = try Command.run(
                ["detect", portrait("obama.jpg"), "--format", "json"] + options,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 0 && outcome.errors.isEmpty)
            let record = try #require(try JSON.objects(outcome.json()).first)
            return try JSON.object(try #require(try JSON.objects(record["faces"]).first)["context"])
        }
        let (with, without) = (try context([]), try context(["--no-quality"]))
        #expect((with["quality"] is Double) == hasQualityNetwork && without["quality"] is JSON.Null)
        #expect(Set(with.keys) == Set(without.keys))
        for (name, value) in with where name != "quality" {
            #expect(value as? Double == without[name] as? Double, "\(name)")
        }
    }

    @Test("A batch with bad files: a record for each picture in order, and status 3")
    func mixedBatch() throws {
        let folder = try TemporaryFolder()
        for bad in BadFile.allCases { try folder.file(bad.rawValue, try bad.contents()) }
        try folder.small("biden.jpg", as: "a person.jpg")
        try folder.blank("blank.png")
        try folder.file("notes.txt", Data("passed over".utf8))
        try folder.file("deeper/list.csv", Data("passed over".utf8))
        let outcome = try likeness("detect", folder.url.path, folder.path("missing.jpg"), "--format", "jsonl")
        #expect(outcome.status == 3)
        let records = try outcome.jsonLines()
        let names = records.map { URL(filePath: $0["image"] as? String ?? "").lastPathComponent }
        let expected = ["a person.jpg", "blank.png", "empty.jpg", "moving.gif", "text.jpg", "truncated.jpg"]
        try #require(names == expected + ["missing.jpg"], "folders by name, then the next argument")
        #expect(try Contract.faces(of: try #require(records.first)).count == 1)
        #expect(try Contract.faces(of: records[1]).isEmpty, "no face is an answer and not a failure")
        for bad in BadFile.allCases {
            let index = try #require(names.firstIndex(of: bad.rawValue))
            try Contract.expectFailure(records[index], code: bad.code)
        }
        try Contract.expectFailure(try #require(records.last), code: "file_not_found")
        #expect(
            outcome.errors.contains("skipped: 1 other file in"),
            "the text is counted, the folder in the folder not entered")
        #expect(outcome.errors.contains("5 of 7 pictures failed"))
    }

    @Test("Subfolders, patterns and --quiet", arguments: [true, false])
    func recursionAndPatterns(isQuiet: Bool) throws {
        let folder = try TemporaryFolder()
        try folder.blank("a1.png")
        try folder.blank("b1.png")
        try folder.file("notes.txt")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "in"), withIntermediateDirectories: true)
        try folder.blank("in/c1.png")
        let more = isQuiet ? "--quiet" : "--recursive"
        let outcome = try Command.run(
            ["detect", isQuiet ? "[ab]?.png" : ".", more, "--format", "csv", "--enhance", "off"],
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path], directory: folder.url)
        #expect(outcome.status == 0)
        let table = rows(outcome.output)
        #expect(Set(table.map(\.count)).count == 1, "as many columns in each row")
        #expect(table.first?.first == "image")
        let names = table.dropFirst().map { $0[0] }
        #expect(names == (isQuiet ? ["a1.png", "b1.png"] : ["./a1.png", "./b1.png", "./in/c1.png"]))
        #expect(outcome.errors.isEmpty == isQuiet)
    }

    @Test("The standard input is a picture called -; a table has a heading and one row for each face")
    func standardInput() throws {
        let outcome = try likeness("detect", "-", input: Data(contentsOf: Fixtures.portrait("astronaut.png")))
        #expect(outcome.status == 0)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("image") == true)
        #expect(lines.last?.split(separator: " ").prefix(2) == ["-", "1"])
        #expect(!outcome.output.contains("\u{1B}"), "no color but on a terminal")
    }

    @Test("Annotated pictures are JPEGs of the picture's size, and differ from it")
    func annotate() throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "obama.png")
        let outcome = try likeness("detect", folder.path("obama.png"), "--annotate", folder.path("drawn"))
        #expect(outcome.status == 0)
        let drawn = try Data(contentsOf: folder.url.appending(path: "drawn/obama.jpg"))
        #expect(try ImageHeader(decoding: drawn).format == .jpeg)
        let (before, after) = (
            try Image(contentsOf: folder.url.appending(path: "obama.png")), try Image(decoding: drawn)
        )
        #expect(after.width == before.width && after.height == before.height)
        let blue = zip(before.pixels, after.pixels).filter { Int($1) - Int($0) > 60 }
        #expect(blue.count > 200, "a box is drawn")
    }

    @Test("Aligned faces are square PNGs of the template's size, one for each face")
    func align() throws {
        let folder = try TemporaryFolder()
        try folder.group("two.png", of: ["obama.jpg", "biden.jpg"])
        let outcome = try likeness(
            "align", folder.path("two.png"), "--to", folder.path("faces"), "--template", "loose-160-0.3", "--format",
            "json")
        #expect(outcome.status == 0)
        let record = try #require(try JSON.objects(outcome.json()).first)
        let faces = try Contract.faces(of: record, with: ["aligned": .text])
        #expect(faces.count == 2)
        for face in faces {
            let file = URL(filePath: try #require(face["aligned"] as? String))
            let header = try ImageHeader(contentsOf: file)
            #expect(header.format == .png && header.width == 160 && header.height == 160)
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path("faces")).sorted() == [
                "two-1.png", "two-2.png",
            ])
    }

    @Test("Embeddings are unit vectors with their model; CSV has a column for each number")
    func embed() throws {
        let folder = try TemporaryFolder()
        try folder.group("two.png", of: ["obama2.jpg", "biden.jpg"])
        let outcome = try likeness("embed", folder.path("two.png"), "--format", "jsonl", "--precision", "f32")
        #expect(outcome.status == 0)
        let record = try #require(try outcome.jsonLines().first)
        #expect(record["precision"] as? String == "f32")
        let faces = try Contract.faces(of: record, with: ["embedding": .array, "model": .text])
        #expect(faces.count == 2)
        for face in faces {
            let vector = try #require(face["embedding"] as? [any Sendable]).compactMap { $0 as? Double }
            #expect(vector.count == 128)
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
            #expect((face["model"] as? String)?.hasPrefix("\(Fixtures.defaultModel)@") == true)
        }
        let csv = try likeness(
            "embed", folder.path("two.png"), folder.path("none.png"), "--format", "csv", "--face", "largest")
        #expect(csv.status == 3)
        let table = rows(csv.output)
        try #require(table.map(\.count) == [136, 136, 136])
        #expect(table[2].last?.isEmpty == false, "the reason is in the last column")
    }
}
