import Foundation
import Pixels
import TestSupport
import Testing

@Suite("Inputs are never overwritten", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct OverwriteTests {
    private let folder: TemporaryFolder
    private let original: Data

    init() throws {
        folder = try TemporaryFolder()
        try folder.blank("photos/a.png")
        original = try Data(contentsOf: Fixtures.portrait("obama_partial_face.jpg"))
        for name in ["photos/b.jpg", "photos/c-1.jpg", "other.jpg"] { try folder.file(name, original) }
        try folder.file("photos/c.jpg", original)
        let links = folder.url.appending(path: "links")
        try FileManager.default.createDirectory(at: links, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: links.appending(path: "soft.jpg"), withDestinationURL: folder.url.appending(path: "photos/b.jpg"))
        try FileManager.default.linkItem(
            at: folder.url.appending(path: "photos/b.jpg"), to: links.appending(path: "hard.png"))
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "same"), withDestinationURL: folder.url.appending(path: "photos"))
    }

    @Test("A store or picture that is not an input, or a card that is shown, is not replaced by a result")
    func otherFiles() throws {
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path]
        let store = folder.path("store.sqlite")
        let enrolled = try Command.run(
            ["enroll", "--store", store, "Barack", portrait("obama.jpg"), "--quiet"], environment: environment)
        #expect(enrolled.status == 0, "\(enrolled.errors)")
        let photo = folder.path("other.jpg"),
            card = Fixtures.dependencies.appending(path: "models/sface/card.json").path
        for (arguments, output) in [
            (["gallery", "list", "--store", store, "-o", store], store),
            (["gallery", "show", "--store", store, "--format", "json", "-o", store], store),
            (["detect", folder.path("photos/b.jpg"), "-o", store], store), (["models", "list", "-o", photo], photo),
            (["gallery", "export", "--store", store, photo], photo), (["models", "show", "sface", "-o", card], card),
        ] {
            let earlier = try Data(contentsOf: URL(filePath: output))
            let outcome = try Command.run(arguments, environment: environment)
            #expect(outcome.status == 64 && outcome.errors.contains("overwrit"), "\(arguments) \(outcome.errors)")
            // Opening a store may merge its log into the file.
            #expect(try Data(contentsOf: URL(filePath: output)).prefix(16) == earlier.prefix(16))
            if output != store { #expect(try Data(contentsOf: URL(filePath: output)) == earlier) }
        }
        let shown = try Command.run(["gallery", "show", "--store", store], environment: environment)
        #expect(shown.status == 0 && shown.output.contains("Barack"))
    }

    @Test(
        "An original that is not an input is not replaced by a picture of the same name, but an earlier drawing is",
        arguments: [
            "jpg", "png", "webp",
        ])
    func originals(form: String) throws {
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path]
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        // `detect` draws JPEGs.
        let names = ["a.\(form)", "a.jpg", "a-1.png"]
        for name in ["in/a.\(form)"] + names.map({ "album/\($0)" }) {
            let file = folder.url.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try image.write(to: file)
        }
        let input = folder.path("in/a.\(form)"), album = folder.path("album"), drawn = folder.path("drawn")
        func contents() throws -> [Data] {
            try names.map { try Data(contentsOf: URL(filePath: "\(album)/\($0)")) }
        }
        let before = try contents()
        for arguments in [
            ["detect", input, "--annotate", album], ["align", input, "--to", album],
            ["augment", input, "--masks", "--to", album], ["explain", input, input, "--to", "\(album)/a.\(form)"],
            ["augment", input, "--masks", "--to", drawn, "--contact-sheet", "\(album)/a.\(form)"],
        ] {
            let outcome = try Command.run(arguments + ["--quiet"], environment: environment)
            #expect(outcome.status == 64 && outcome.errors.contains("overwritten"), "\(arguments) \(outcome.errors)")
            #expect(try contents() == before)
            let elsewhere = arguments.map { $0.replacingOccurrences(of: "/album", with: "/results") }
            try FileManager.default.createDirectory(
                atPath: folder.path("results"), withIntermediateDirectories: true)
            for round in 1...2 {
                let outcome = try Command.run(elsewhere + ["--quiet"], environment: environment)
                #expect(outcome.status == 0, "\(round) \(elsewhere) \(outcome.errors)")
            }
        }
    }

    @Test("Pictures in unsupported formats are not replaced by results either")
    func foreignPictures() throws {
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path]
        let heads: [(String, [UInt8])] = [
            ("a.gif", Array("GIF89a".utf8)), ("a.bmp", [0x42, 0x4D, 1, 2, 3, 0, 0, 0, 0, 0]),
            ("a.tif", [0x49, 0x49, 0x2A, 0]), ("b.tif", [0x4D, 0x4D, 0, 0x2A]), ("a.psd", Array("8BPS".utf8)),
            ("a.jxl", [0xFF, 0x0A]), ("a.heic", [0, 0, 0, 0x18] + Array("ftypheic".utf8)),
        ]
        for (name, head) in heads {
            let file = try folder.file(name, Data(head + [UInt8](repeating: 7, count: 40)))
            let before = try Data(contentsOf: file)
            let outcome = try Command.run(["models", "list", "-o", file.path], environment: environment)
            #expect(outcome.status == 64 && outcome.errors.contains("overwritten"), "\(name) \(outcome.errors)")
            #expect(try Data(contentsOf: file) == before)
        }
        let text = try folder.file("list.csv", Data("BMI,name\n1,2\n".utf8))
        #expect(try Command.run(["models", "list", "-o", text.path], environment: environment).status == 0)
    }

    @Test("A calibration without children does not remove the thresholds for children")
    func childrenOfACard() throws {
        let card = try folder.file(
            "card.json", Data(contentsOf: Fixtures.dependencies.appending(path: "models/sface/card.json")))
        let arguments = ["calibrate", "--model", "sface", "--images", folder.path("photos"), "--card", card.path]
        let outcome = try Command.run(arguments, environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
        #expect(outcome.status == 64 && outcome.errors.contains("--forget-children"), "\(outcome.errors)")
    }

    @Test(
        "Refused before anything is written",
        arguments: [
            "detect photos --annotate photos", "detect photos --annotate ./photos/../photos",
            "detect photos --annotate same",
            "detect same --annotate photos", "align photos/a.png --to photos", "augment photos --masks --to photos",
            "augment photos --occluders --to same", "augment photos/c.jpg photos/c-1.jpg --masks --count 2 --to photos",
            "detect photos -o photos/b.jpg", "detect photos -o ./photos//b.jpg", "detect photos -o links/soft.jpg",
            "detect photos -o links/hard.png", "embed photos/b.jpg -o same/b.jpg",
            "verify photos/b.jpg other.jpg -o other.jpg", "explain photos/b.jpg other.jpg --to photos/b.jpg",
            "explain links/hard.png other.jpg --to links/soft.jpg",
            "augment photos --masks --to new --contact-sheet photos/c.jpg",
            "augment photos --policy policy.json --to new -o policy.json",
            "evaluate pairs --pairs pairs.csv --images photos -o pairs.csv",
            "evaluate pairs --pairs pairs.csv --images photos --format json -o photos/b.jpg",
            "evaluate curves --pairs pairs.csv --images photos --kind blur=3 -o photos/b.jpg",
            "evaluate identify --people people.csv --images photos -o people.csv",
            "evaluate classify --people people.csv --images photos --confusion people.csv",
            "evaluate detectors --images photos -o photos/a.png", "train --config run.json -o run.json",
            "identify --store people.sqlite photos -o people.sqlite",
            "augment photos --masks --to new -o x --contact-sheet x.png -o x.png",
        ])
    func refused(arguments: String) throws {
        try folder.file("policy.json", Data(#"{"steps": [{"kind": "flip", "probability": 1}]}"#.utf8))
        try folder.file("pairs.csv", Data("image_a,image_b,same\nb.jpg,c.jpg,1\nb.jpg,a.png,0\n".utf8))
        try folder.file("people.csv", Data("file,identity\nb.jpg,o\nc.jpg,o\na.png,n\n".utf8))
        try folder.file("run.json", Data(#"{"task": "mask-classifier"}"#.utf8))
        try folder.file("people.sqlite")
        let before = try contents()
        let outcome = try shell("\"$LIKENESS\" \(arguments)", in: folder)
        #expect(outcome.status == 64, "\(outcome.errors)")
        #expect(outcome.output.isEmpty && !outcome.errors.isEmpty)
        #expect(try contents() == before)
    }

    /// Returns every file's bytes by path.
    private func contents() throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.url.path) {
            contents[name] = (try? Data(contentsOf: folder.url.appending(path: name))) ?? Data()
        }
        return contents
    }

    @Test("Results may be written next to the originals, and an earlier run's files may be replaced")
    func allowed() throws {
        for _ in 0..<2 {
            let outcome = try shell(
                "\"$LIKENESS\" align photos/b.jpg photos/c.jpg --to photos --format json", in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let again = try shell("\"$LIKENESS\" augment photos/b.jpg --masks --to new -o new/list.json", in: folder)
            #expect(again.status == 0 || again.errors.contains("list.json"), "\(again.errors)")
        }
        #expect(try Data(contentsOf: folder.url.appending(path: "photos/b.jpg")) == original)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("photos"))
        #expect(names.contains("b.png") && names.contains("c.png"))
    }
}
