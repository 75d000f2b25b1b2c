import Foundation
import TestSupport
import Testing

/// Runs a script with the installation from scripts/setup.
func shell(_ script: String, in folder: TemporaryFolder, environment: [String: String] = [:]) throws -> Command.Outcome
{
    try Command.shell(
        script, environment: ["LIKENESS_HOME": Fixtures.dependencies.path].merging(environment) { $1 },
        directory: folder.url)
}

@Suite("Streams that fail", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct StreamTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.blank("a.png")
        try folder.blank("b.png")
    }

    @Test(
        "A standard error that can't be written to changes nothing",
        arguments: [
            ("detect none.jpg", 66), ("detect a.png none.jpg --format json", 3), ("detect a.png --enhance off", 0),
            ("detect --nothing", 64), ("models show nobody", 69),
        ])
    func errors(arguments: String, status: Int32) throws {
        for stream in ["2>/dev/full", "2>&-", "2>/dev/null"] {
            let outcome = try shell("\"$LIKENESS\" \(arguments) \(stream)", in: folder)
            #expect(outcome.status == status, "\(arguments) \(stream)")
        }
        let reader = try shell("\"$LIKENESS\" \(arguments) 2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}", in: folder)
        #expect(reader.status == status)
    }

    @Test(
        "A standard output that can't be written to is reported as a write error",
        arguments: [
            "detect a.png --format json", "detect a.png --format table", "models list", "models show sface", "--help",
            "--version",
            "detect --help", "doctor", "evaluate optimizers --runs 2 --evaluations 20 --function sphere",
        ])
    func output(arguments: String) throws {
        for stream in [">/dev/full", ">&-"] {
            let outcome = try shell("\"$LIKENESS\" \(arguments) \(stream)", in: folder)
            #expect(outcome.status == 74, "\(arguments) \(stream)")
            #expect(outcome.errors.contains("the standard output can't be written"), "\(outcome.errors)")
        }
    }

    @Test("If the reader of the output goes away, the command ends without a crash")
    func reader() throws {
        let outcome = try shell(
            "for i in $(seq 400); do cp a.png $i.png; done; \"$LIKENESS\" detect . --enhance off --format jsonl | head -c 20 >/dev/null; exit ${PIPESTATUS[0]}",
            in: folder)
        #expect(outcome.status == 74, "\(outcome.errors)")
    }

    @Test("The number of a closed standard stream is not reused for an output file")
    func closed() throws {
        let outcome = try shell(
            "\"$LIKENESS\" detect a.png none.jpg --format json -o out.json >&- 2>&- <&-", in: folder)
        #expect(outcome.status == 3)
        let records = try JSON.objects(JSON.value(of: Data(contentsOf: folder.url.appending(path: "out.json"))))
        #expect(records.count == 2)
        let input = try shell("\"$LIKENESS\" detect - <&-", in: folder)
        #expect(input.status == 66)
        #expect(input.errors.contains("the standard input can't be read"))
    }

    @Test("More standard input than allowed is refused")
    func limitedInput() throws {
        let outcome = try shell(
            "head -c 200000000 /dev/zero | (ulimit -v 4000000; \"$LIKENESS\" detect - --max-file-size 1 --format json)",
            in: folder)
        #expect(outcome.status == 65)
        let record = try #require(try JSON.objects(outcome.json()).first)
        try Contract.expectFailure(record, code: "file_too_large")
    }

    @Test(
        "Unusual environments: no home folder, another language, few open files, no temporary folder, no cache",
        arguments: [
            "unset HOME XDG_CACHE_HOME;", "export LANG=C LC_ALL=C;", "ulimit -n 64;", "export TMPDIR=/nonexistent;",
            "export XDG_CACHE_HOME=/proc/nothing;", "exec <&-;",
        ])
    func surroundings(setting: String) throws {
        let outcome = try shell("\(setting) \"$LIKENESS\" detect a.png --enhance off --format json", in: folder)
        #expect(outcome.status == 0, "\(setting) \(outcome.errors)")
        #expect(try JSON.objects(outcome.json()).count == 1)
    }

    @Test(
        "Too few open files are reported as such, and a few more are enough", arguments: [4, 5, 6, 8, 12, 20, 28, 32])
    func fewFiles(most: Int) throws {
        let outcome = try shell("ulimit -n \(most); \"$LIKENESS\" detect a.png", in: folder)
        if most <= 20 {
            #expect(outcome.status == 71 && outcome.errors.contains("ulimit -n"), "\(outcome.status) \(outcome.errors)")
        } else {
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }
}

@Suite("Output files of interrupted work", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct CutShortTests {
    @Test("The earlier file stays, and the finished part is next to it", arguments: ["INT", "TERM", "HUP"])
    func interrupted(signal: String) throws {
        let folder = try TemporaryFolder()
        let picture = try folder.small("obama.jpg", as: "in/obama.png")
        for number in 0..<3000 {
            try FileManager.default.createSymbolicLink(
                at: folder.url.appending(path: "in/\(number).png"), withDestinationURL: picture)
        }
        try folder.file("faces.json", Data("the earlier one".utf8))
        try folder.file("faces.json.partial", Data("somebody's own".utf8))
        let outcome = try shell(
            """
            "$LIKENESS" detect in --format json --workers 1 -o faces.json & child=$!
            for i in $(seq 600); do
                part=$(ls -A | grep '^\\.faces') && [ -s "$part" ] && break; sleep 0.05
            done
            kill -\(signal) $child; wait $child
            """, in: folder)
        #expect(outcome.status == 130, "\(outcome.errors)")
        #expect(outcome.errors.contains("partial results are in faces.json.partial-2"))
        let earlier = try String(contentsOf: folder.url.appending(path: "faces.json"), encoding: .utf8)
        #expect(earlier == "the earlier one")
        let file = folder.url.appending(path: "faces.json.partial-2")
        let part = try JSON.objects(JSON.value(of: Data(contentsOf: file)))
        #expect((1..<3001).contains(part.count))
        #expect(try folder.names() == ["faces.json", "faces.json.partial", "faces.json.partial-2", "in"])
        let own = try String(contentsOf: folder.url.appending(path: "faces.json.partial"), encoding: .utf8)
        #expect(own == "somebody's own")
    }

    @Test("A full disk leaves the earlier file unchanged")
    func fullDisk() throws {
        let folder = try TemporaryFolder()
        for number in 0..<40 { try folder.blank("in/\(number).png") }
        try folder.file("faces.json", Data("the earlier one".utf8))
        // A limit of the file size ends the writing in the middle, like a full disk.
        let outcome = try shell(
            "export XDG_CACHE_HOME=/proc/nothing; ulimit -f 1; \"$LIKENESS\" detect in --enhance off --format json -o faces.json",
            in: folder)
        #expect(outcome.status == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("faces.json can't be written"))
        let earlier = try String(contentsOf: folder.url.appending(path: "faces.json"), encoding: .utf8)
        #expect(earlier == "the earlier one")
        #expect(try folder.names() == ["faces.json", "in"])
    }

    @Test("A file keeps its permissions when it is rewritten")
    func permissions() throws {
        let folder = try TemporaryFolder()
        try folder.blank("a.png")
        try folder.file("faces.json")
        chmod(folder.path("faces.json"), 0o600)
        let outcome = try likeness("detect", folder.path("a.png"), "--enhance", "off", "-o", folder.path("faces.json"))
        #expect(outcome.status == 0)
        #expect(try folder.mode("faces.json") == 0o600)
    }
}
