import Foundation
import Synchronization
import TestSupport
import Testing

@Suite(
    "likeness enroll, identify and gallery: rates, names, and other users of the store",
    .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct StoreTests {
    private let folder: TemporaryFolder
    private var store: String { folder.path("people.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    private func enroll(_ arguments: String...) throws -> Command.Outcome {
        try Command.run(
            ["enroll", "--store", store] + arguments + ["--format", "json"],
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
    }

    private func people() throws -> [[String: any Sendable]] {
        try JSON.objects(likeness("gallery", "show", "--store", store, "--format", "json").json())
    }

    @Test(
        "--fpir is a rate for the gallery's size; an unsupported rate is refused with the lowest supported one",
        .enabled(if: hasThresholds, needsThresholds))
    func falseAlarms() throws {
        #expect(try enroll("Barack Obama", portrait("obama2.jpg")).status == 0)
        #expect(try enroll("Joe Biden", portrait("biden.jpg"), "--fpir", "0.02").status == 0)
        func identify(_ options: String...) throws -> Command.Outcome {
            try Command.run(
                ["identify", "--store", store, portrait("obama.jpg"), "--format", "json", "--one-threshold"] + options,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
        }
        func rate(_ options: String...) throws -> Double {
            let outcome = try Command.run(
                ["identify", "--store", store, portrait("obama.jpg"), "--format", "json", "--one-threshold"] + options,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let face = try #require(try JSON.objects(JSON.objects(outcome.json())[0]["faces"]).first)
            return try #require(face["falseMatchRate"] as? Double)
        }
        #expect(abs(try rate("--fpir", "0.01") - 0.0050126) < 1e-6, "two people with a template each")
        #expect(try rate("--fmr", "0.001") == 0.001)
        #expect(try rate() == 0.001)
        let refused = try identify("--fpir", "1e-9")
        #expect(refused.status == 64)
        #expect(refused.errors.contains("the lowest rate that it supports for this gallery is"), "\(refused.errors)")
        for options in [
            ["--fpir", "0.01", "--fmr", "0.001"], ["--fpir", "0.01", "--threshold", "0.4"], ["--fpir", "0"],
            ["--fpir", "1"], ["--fpir", "nan"], ["--fpir", "x"],
        ] {
            let outcome = try Command.run(
                ["identify", "--store", store, portrait("obama.jpg")] + options,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 64, "\(options): \(outcome.errors)")
        }
    }

    @Test(
        "Blank names and names with invalid characters create no store",
        arguments: ["", " ", "\u{200B}", "Ada\nLovelace", "\u{1B}[31mAda", "\u{202E}adA"])
    func badNames(_ name: String) throws {
        for arguments in [
            [name, portrait("obama.jpg")], ["Ada", portrait("obama.jpg"), "--id", name],
            ["Ada", portrait("obama.jpg"), "--gallery", name],
        ] {
            let outcome = try Command.run(
                ["enroll", "--store", store] + arguments, environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == 65, "\(arguments): \(outcome.errors)")
            #expect(!outcome.errors.contains("\u{1B}") && !outcome.errors.contains("\u{202E}"))
        }
        #expect(try folder.names().isEmpty)
    }

    @Test("Both Unicode forms of a name are one person; a name that is taken is reported")
    func forms() throws {
        #expect(try enroll("Jose\u{301}", portrait("obama2.jpg"), "--threshold", threshold).status == 0)
        #expect(try enroll("Jos\u{E9}", portrait("obama3.jpg"), "--threshold", threshold).status == 0)
        let shown = try people()
        try #require(shown.count == 1)
        #expect(shown[0]["templates"] as? Double == 2)
        #expect(try enroll("Joe", portrait("biden.jpg"), "--threshold", threshold).status == 0)
        let renamed = try likeness("gallery", "rename", "--store", store, "Joe", "--to", "Jose\u{301}")
        #expect(renamed.status == 0 && renamed.errors.contains("2 people"), "\(renamed.errors)")
        let ambiguous = try likeness("gallery", "remove", "--store", store, "Jos\u{E9}")
        #expect(ambiguous.status == 65)
        for person in try people() {
            let id = try #require(person["id"] as? String)
            #expect(ambiguous.errors.contains(id))
            #expect(try likeness("gallery", "remove", "--store", store, id).status == 0)
        }
        #expect(try likeness("gallery", "remove", "--store", store, "nobody").status == 66)
        #expect(try likeness("gallery", "rename", "--store", store, "--to", " ").status == 65)
        #expect(try people().isEmpty)
    }

    @Test("Several first enrollments into a new store at once are all stored")
    func firstAtOnce() throws {
        let pictures = ["obama2.jpg", "biden.jpg", "astronaut.png"]
        let outcomes = Mutex<[Int32]>([])
        DispatchQueue.concurrentPerform(iterations: pictures.count) { index in
            let outcome = try? Command.run(
                [
                    "enroll", "--store", store, "person \(index)", portrait(pictures[index]), "--gate", "off", "--face",
                    "largest",
                ],
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            outcomes.withLock { $0.append(outcome?.status ?? -1) }
        }
        #expect(outcomes.withLock { $0 } == [0, 0, 0])
        #expect(try people().compactMap { $0["name"] as? String } == ["person 0", "person 1", "person 2"])
    }

    @Test("Scrubbing reports success and creates no store; an export never replaces one")
    func scrub() throws {
        #expect(try likeness("gallery", "scrub", "--store", store).status == 66)
        #expect(try enroll("Joe", portrait("biden.jpg"), "--threshold", threshold).status == 0)
        let scrubbed = try likeness("gallery", "scrub", "--store", store)
        #expect(scrubbed.status == 0 && scrubbed.output.isEmpty && scrubbed.errors.contains("scrubbed"))
        #expect(try likeness("gallery", "scrub", "--store", store, "--quiet").errors.isEmpty)
        #expect(try likeness("gallery", "export", "--store", store, store).status == 64)
        #expect(try likeness("gallery", "export", "--store", store, "/dev/null").status == 74)
        #expect(try people().count == 1)
        chmod(store, 0o644)
        let noted = try likeness("gallery", "rename", "--store", store, "--to", "staff")
        #expect(noted.status == 0 && noted.errors.contains("mode 644"), "\(noted.errors)")
        #expect(try folder.mode("people.sqlite") == 0o644, "its owner may have wanted that")
    }

    @Test("An invalid export creates no store, and the error names the line")
    func badImports() throws {
        let header =
            #"{"format":"likeness-gallery","version":1,"gallery":"g","model":{"name":"sface","contract":"a/1"},"dimension":DIM,"people":1,"templates":0}"#
        let person = #"{"id":"a","name":"NAME","metadata":{},"created":0,"templates":[]}"#
        for (dimension, name, line) in [
            ("2305843009213693952", "Ada", 1), ("0", "Ada", 1), ("8", " ", 2), ("8", #"A\nB"#, 2),
        ] {
            let text = header.replacing("DIM", with: dimension) + "\n" + person.replacing("NAME", with: name) + "\n"
            try folder.file("export.jsonl", Data(text.utf8))
            let outcome = try likeness("gallery", "import", "--store", store, folder.path("export.jsonl"))
            #expect(outcome.status == 65 && outcome.errors.contains("line \(line)"), "\(outcome)")
        }
        #expect(try folder.names() == ["export.jsonl"])
    }

    @Test("Changed weights on the disk are refused, even if the network is already compiled")
    func changedWeights() throws {
        let home = try TemporaryFolder(), files = FileManager.default
        try home.copy(Fixtures.dependencies.appending(path: "setup.json"), to: "setup.json")
        try files.createSymbolicLink(
            atPath: home.path("openvino"), withDestinationPath: Fixtures.dependencies.appending(path: "openvino").path)
        try home.copy(Fixtures.model("yunet"), to: "models/yunet/model.onnx")
        try home.copy(Fixtures.model("yunet", "card.json"), to: "models/yunet/card.json")
        func detect() throws -> Command.Outcome {
            try likeness(
                "detect", "--no-masks", portrait("obama.jpg"), "--format", "json",
                environment: ["LIKENESS_HOME": home.path(""), "XDG_CACHE_HOME": home.path("cache")])
        }
        let before = try detect()
        #expect(before.status == 0, "\(before.errors)")
        let file = home.url.appending(path: "models/yunet/model.onnx")
        let date = try #require(files.attributesOfItem(atPath: file.path)[.modificationDate] as? Date)
        var weights = try Data(contentsOf: file)
        weights[weights.count - 1000] ^= 0x40
        try weights.write(to: file)
        try files.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
        for _ in 0..<2 {
            let outcome = try detect()
            #expect(outcome.status == 69 && outcome.errors.contains("SHA-256"), "\(outcome)")
        }
        weights[weights.count - 1000] ^= 0x40
        try weights.write(to: file)
        #expect(try detect().status == 0)
        let cache = ["XDG_CACHE_HOME": home.path("cache")]
        let kept = try JSON.objects(likeness("cache", "list", "--format", "json", environment: cache).json())
        #expect(kept.compactMap { $0["kind"] as? String } == ["digests", "networks"])
        for part in kept {
            #expect(Set(part.keys) == ["kind", "model", "entries", "bytes", "lastUsed", "path"])
        }
        #expect(kept[1]["model"] as? String == "yunet")
        #expect(
            try rows(likeness("cache", "clear", "--model", "sface", "--format", "csv", environment: cache).output).count
                == 1)
        #expect(try rows(likeness("cache", "clear", "--format", "csv", environment: cache).output).count == 3)
        #expect(try likeness("cache", "list", "--format", "json", environment: cache).output == "[]\n")
        #expect(try likeness("cache", "clear", "--kind", "other", environment: cache).status == 64)
        let misspelt = try likeness("cache", "clear", "--model", "SFace", environment: cache)
        #expect(misspelt.status == 66 && misspelt.errors.contains("the cache has no entries for a model 'SFace'"))
    }
}
