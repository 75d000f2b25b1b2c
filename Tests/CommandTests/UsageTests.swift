import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct UsageTests {
    @Test("Help of every command; the first page lists the exit statuses")
    func help() throws {
        let root = try likeness("--help")
        #expect(root.status == 0)
        for status in [
            "0    done", "1    done, and", "3    some pictures", "64", "65", "66", "69", "71", "74", "130  interrupted",
        ] {
            #expect(root.output.contains("\n  \(status)") || root.output.contains(status), "\(status)")
        }
        let commands = [
            "detect", "align", "embed", "verify", "enroll", "identify", "gallery list", "gallery show",
            "gallery remove", "gallery rename", "gallery export", "gallery import", "evaluate pairs",
            "evaluate all-pairs", "evaluate identify", "evaluate curves", "evaluate groups", "evaluate templates",
            "evaluate resampling", "evaluate thresholds", "evaluate explanations", "explain", "augment", "pack",
            "train", "export",
            "models list", "models show", "doctor",
        ]
        for command in commands {
            let words = command.split(separator: " ").map(String.init)
            #expect(root.output.contains("  \(words[0]) "), "\(command) is on the first page")
            let outcome = try Command.run(words + ["--help"])
            #expect(outcome.status == 0, "\(command)")
            #expect(outcome.output.contains("USAGE: likeness \(command)"), "\(command)")
            #expect(outcome.errors.isEmpty)
        }
        #expect(try likeness("--version").output.first?.isNumber == true)
    }

    @Test(
        "Usage errors: status 64, and nothing on the standard output",
        arguments: [
            ["nothing"], ["detect"], ["detect", "a.jpg", "--format", "xml"], ["detect", "a.jpg", "--workers", "0"],
            ["verify", "a.jpg", "b.jpg", "--face", "all"], ["verify", "-", "-"],
            ["explain", "a.jpg", "b.jpg", "--face", "all"], ["explain", "-", "-"],
            ["explain", "a.jpg", "b.jpg", "--to", "x.txt"],
            ["verify", "a.jpg", "b.jpg", "--fmr", "0.1", "--threshold", "0.3"],
            ["verify", "a.jpg", "b.jpg", "--fmr", "1"], ["verify", "a.jpg", "b.jpg", "--threshold", "1.5"],
            ["align", "a.jpg", "--to", "x", "--template", "square"],
            ["enroll", "--store", "x", "P", "a.jpg", "--metadata", "note"],
            ["enroll", "--store", "x", "P", "a.jpg", "--metadata", "k=1", "--metadata", "k=2"],
            ["detect", ""], ["verify", "a.jpg", ""], ["detect", "a.jpg", "-o", ""],
            ["models", "show", "sface", "--format", "csv"], ["augment", "a.jpg", "--to", "x"],
            ["augment", "a.jpg", "--to", "x", "--masks", "--kind", "veil"],
            ["augment", "a.jpg", "--to", "x", "--masks", "--count", "0"], ["pack", "--to", "x"],
            ["pack", "--list", "a.csv", "--to", "x"], ["pack", "--people", "a", "--unlabelled", "b", "--to", "x"],
        ])
    func usage(arguments: [String]) throws {
        let outcome = try Command.run(arguments, environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
        #expect(outcome.status == (arguments.contains("csv") && !Fixtures.isSetUp ? 69 : 64))
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }

    @Test("File names that begin like an option, and an empty name", .enabled(if: Fixtures.isSetUp))
    func dashes() throws {
        let folder = try TemporaryFolder()
        try folder.blank("-dash.png")
        func detect(_ names: String) throws -> Command.Outcome {
            try shell("\"$LIKENESS\" detect --enhance off \(names)", in: folder)
        }
        for names in ["-- -dash.png", "./-dash.png"] { #expect(try detect(names).status == 0, "\(names)") }
        // The first name contains an h, like -h.
        for name in ["-dash.png", "-gone.jpg"] {
            let outcome = try detect(name)
            #expect(
                outcome.output.isEmpty && outcome.status == 64
                    && outcome.errors.contains("'\(name)' was taken for an option"))
            #expect(outcome.errors.contains("--"))
        }
        #expect(try !detect("--nothing").errors.contains("taken for an option"))
        let empty = try detect("''")
        #expect(empty.status == 64 && empty.errors.contains("name is empty"), "\(empty.errors)")
    }

    @Test("Nothing to do: status 66")
    func nothing() throws {
        let folder = try TemporaryFolder()
        let outcome = try likeness("detect", folder.url.path)
        #expect(outcome.status == 66)
        #expect(outcome.errors.contains("no picture"))
    }
}

@Suite("Batches and their files", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct OutputTests {
    @Test("An output file appears when it is complete, with the records that the standard output would have")
    func outputFile() throws {
        let folder = try TemporaryFolder()
        try folder.blank("a.png")
        try folder.file("out.json", Data("what was there before".utf8))
        let outcome = try likeness(
            "detect", folder.path("a.png"), folder.path("b.png"), "--format", "json", "-o", folder.path("out.json"),
            "--enhance", "off", "--quiet")
        #expect(outcome.status == 3)
        #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
        let records = try JSON.objects(JSON.value(of: Data(contentsOf: folder.url.appending(path: "out.json"))))
        #expect(records.count == 2)
        #expect(try folder.names() == ["a.png", "out.json"], "nothing half-written stays")
    }

    @Test("A file that can't be written: status 74 for every command; the finished part is readable")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        try folder.blank("a.png")
        try folder.file("file")
        let into = folder.path("none/out.json")
        let known = portrait("obama_partial_face.jpg")
        let commands = [
            ["detect", folder.path("a.png"), "-o", into], ["models", "show", "sface", "-o", into],
            ["verify", known, known, "--threshold", threshold, "-o", into], ["doctor", "-o", into],
            ["detect", folder.path("a.png"), "--annotate", folder.path("file/x")],
            ["align", folder.path("a.png"), "--to", folder.path("file/x")],
        ]
        for command in commands {
            let outcome = try Command.run(command, environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 74, "\(command): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains("written"))
        }
        #expect(try folder.names() == ["a.png", "file"])
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "drawn/a.jpg"), withIntermediateDirectories: true)
        let outcome = try likeness(
            "detect", folder.path("a.png"), "--enhance", "off", "--annotate", folder.path("drawn"), "--format", "json")
        #expect(outcome.status == 74)
        #expect(try JSON.objects(outcome.json()).isEmpty)
    }

    @Test("A reader that goes away and a full disk are write errors")
    func fullDisk() throws {
        try #require(FileManager.default.fileExists(atPath: "/dev/full"))
        let outcome = try likeness("detect", portrait("obama.jpg"), "--format", "jsonl", "-o", "/dev/full")
        #expect(outcome.status == 74)
    }

    @Test(
        "A termination signal ends a batch cleanly: status 130, complete records",
        arguments: [("jsonl", SIGINT), ("json", SIGINT), ("jsonl", SIGQUIT), ("jsonl", SIGTERM), ("jsonl", SIGHUP)])
    func interrupted(format: String, signal: Int32) throws {
        let folder = try TemporaryFolder()
        let picture = try folder.small("obama.jpg", as: "obama.png")
        for number in 0..<3000 {
            try FileManager.default.createSymbolicLink(
                at: folder.url.appending(path: "\(number).png"), withDestinationURL: picture)
        }
        let outcome = try likeness(
            "detect", folder.url.path, "--format", format, "--workers", "1", signal: signal)
        #expect(outcome.status == 130)
        let records = format == "json" ? try JSON.objects(outcome.json()) : try outcome.jsonLines()
        #expect((1..<3001).contains(records.count))
        for record in records { #expect(try Contract.faces(of: record).count == 1) }
        #expect(outcome.errors.contains("interrupted"))
        #expect(outcome.output.hasSuffix("\n"))
    }
}
