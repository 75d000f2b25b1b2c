import Foundation
import TestSupport
import Testing

/// Numbers over their whole range: every option answers with a sentence, and no number crashes the process.
@Suite(
    "Numbers on the command line and in files", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct NumberTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let integers = [
        "-1", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "nan", "1e30", "",
        String(repeating: "9", count: 300),
    ]
    private static let numbers = ["-1", "nan", "inf", "-inf", "1e308", "-1e308", "1e400", "", "x"]

    @Test(
        "An invalid number is refused with the option's name",
        arguments: [
            "detect a.png --workers", "augment a.png --masks --to o --count", "augment a.png --masks --to o --seed",
            "evaluate optimizers --dimension", "evaluate optimizers --population", "evaluate optimizers --runs",
            "evaluate optimizers --evaluations", "evaluate pairs --pairs p --images i --bootstrap",
            "evaluate classify --images i --folds", "evaluate classify --images i --seeds",
            "evaluate resampling --images i --pairs", "evaluate resampling --images i --folds",
            "calibrate --images i --impostors", "evaluate decisions --images i --altered",
            "evaluate detectors --images i --timed", "evaluate explanations --pairs p --images i --count",
            "pack --people p --to a --side", "train --config c --threads", "tune --config c --evaluations",
            "tune --config c --population", "evaluate groups --list l --label a --images i --bootstrap",
        ])
    func integers(arguments: String) throws {
        let words = arguments.split(separator: " ").map(String.init)
        let option = try #require(words.last)
        for value in Self.integers {
            let outcome = try Command.run(
                words + [value], environment: ["LIKENESS_HOME": Fixtures.dependencies.path], directory: folder.url)
            // Any unsigned 64-bit integer is a valid seed. The error is then the missing picture.
            let isFine = option == "--seed" && (value == "0" || value.hasPrefix("922337203685477580"))
            #expect(outcome.status == (isFine ? 66 : 64), "\(arguments) \(value.prefix(30)): \(outcome.errors)")
            #expect(isFine || outcome.errors.contains(option), "\(arguments) \(value.prefix(30)): \(outcome.errors)")
        }
    }

    @Test(
        "Invalid fractional numbers are refused likewise",
        arguments: [
            "verify a.png b.png --threshold", "verify a.png b.png --fmr", "verify a.png b.png --prior",
            "detect a.png --max-megapixels", "detect a.png --max-file-size", "pack --people p --to a --extent",
            "evaluate identify --images i --strangers", "evaluate resampling --images i --test-share",
            "evaluate classify --images i --training-share", "evaluate classify --images i --ridge",
            "evaluate runs r --overlap",
        ])
    func numbers(arguments: String) throws {
        let words = arguments.split(separator: " ").map(String.init)
        let option = try #require(words.last)
        for value in Self.numbers {
            // A value in range is accepted. The error is then another one.
            let isFine = ["--threshold -1", "--ridge 1e308", "--overlap 1e308"].contains("\(option) \(value)")
            let outcome = try Command.run(
                words + [value], environment: ["LIKENESS_HOME": Fixtures.dependencies.path], directory: folder.url)
            #expect((outcome.status == 64) != isFine, "\(arguments) \(value): \(outcome.status) \(outcome.errors)")
            #expect(isFine || outcome.errors.contains(option), "\(arguments) \(value): \(outcome.errors)")
        }
    }

    @Test(
        "A negative number is accepted after = and as a separate word",
        arguments: ["--threshold=-0.1", "--threshold -0.1"])
    func negative(option: String) throws {
        let known = portrait("obama_partial_face.jpg")
        let outcome = try shell("\"$LIKENESS\" verify \(known) \(known) \(option) --format json", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try JSON.object(outcome.json())["threshold"] as? Double == -0.1)
    }

    @Test(
        "The range of a searched variable must be representable",
        arguments: [
            ("settings.neurons=5...9223372036854775807", "whole numbers must be"),
            ("x=1...9223372036854775807", "whole numbers"),
            ("x=-9223372036854775808...1", "whole numbers"),
            ("x=9223372036854775807...9223372036854775806", "is not a range"),
            ("x=9...1", "is not a range"), ("x=nan...1", "is not a range"), ("x=0...inf", "not finite"),
            ("x=-1e308...1e308", "too wide"), ("x=log:0...1", "above 0"), ("x=", "no name or no range"),
        ])
    func ranges(variable: String, message: String) throws {
        try folder.file("run.json", Data(#"{"task": "masked-head"}"#.utf8))
        let tune = try likeness(
            "tune", "--config", folder.path("run.json"), "--variable", variable, "--out", folder.path("t"))
        #expect(tune.status == 64 && tune.errors.contains(message), "\(tune.errors)")
        try folder.file("table.csv", Data("x,cost\n0,1\n1,0.5\n".utf8))
        let table = try likeness(
            "evaluate", "optimizers", "--table", folder.path("table.csv"), "--variable", variable)
        #expect([64, 65].contains(table.status) && !table.errors.isEmpty, "\(table.errors)")
    }

    @Test("A table whose columns would make a huge grid is refused at once")
    func endlessGrid() throws {
        let names = (0..<30).map { "x\($0)" }.joined(separator: ",")
        let rows = (0..<50).map { row in (0..<30).map { "\(row * 30 + $0)" }.joined(separator: ",") + ",1" }
        try folder.file("table.csv", Data((["\(names),cost"] + rows).joined(separator: "\n").utf8))
        let outcome = try likeness(
            "evaluate", "optimizers", "--table", folder.path("table.csv"), "--variable", "x0=0...1")
        #expect(outcome.status == 65 && outcome.errors.contains("missing"))
    }

    @Test(
        "An archive with absurd values is reported as damaged",
        arguments: [
            #"{"crop":{"extent":1.7,"quality":95,"side":192},"detector":"yunet","entries":1099511627776,"format":"likeness-faces","parts":[],"skipped":0,"version":1}"#,
            #"{"crop":{"extent":1.7,"quality":95,"side":192},"detector":"yunet","entries":-1,"format":"likeness-faces","parts":[],"skipped":-9223372036854775808,"version":1}"#,
            #"{"crop":{"extent":1.7,"quality":95,"side":192},"detector":"yunet","entries":0,"format":"likeness-faces","parts":[{"bytes":9223372036854775807,"file":"../../x","sha256":""}],"skipped":0,"version":1}"#,
        ])
    func archive(index: String) throws {
        try folder.file("people.archive/index.jsonl", Data((index + "\n").utf8))
        let export = try likeness(
            "export", "--model", "facenet-128", "--int8", "--calibration", folder.path("people.archive"), "--name", "x",
            "--to", folder.path("models"))
        #expect([65, 66].contains(export.status), "\(export.errors)")
        #expect(export.errors.contains("damaged") || export.errors.contains("faces"), "\(export.errors)")
    }

    @Test("The thresholds listed by 'models show' are accepted by commands")
    func oneTruth() throws {
        let shown = try likeness("models", "show", "sface", "--format", "json")
        let card = try JSON.object(shown.json())
        let points = try JSON.objects(JSON.object(card["calibration"])["points"])
        #expect(!points.isEmpty)
        let known = portrait("obama_partial_face.jpg")
        for point in points {
            let rate = try #require(point["falseMatchRate"] as? Double)
            let outcome = try likeness(
                "verify", known, known, "--fmr", "\(rate)", "--one-threshold", "--format", "json")
            #expect(outcome.status == 0, "\(rate): \(outcome.errors)")
        }
    }
}
