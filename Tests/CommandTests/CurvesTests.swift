import Foundation
import TestSupport
import Testing

@Suite("likeness evaluate curves", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct CurvesTests {
    private static let pairs = """
        image_a,image_b,same
        obama.png,obama2.png,1
        obama3.png,obama2.png,1
        obama.png,biden.png,0
        obama2.png,biden.png,0
        obama3.png,biden.png,0
        biden.png,obama3.png,0
        blank.png,obama.png,1

        """

    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["obama", "obama2", "obama3", "biden"] {
            try folder.small("\(name).jpg", as: "pictures/\(name).png")
        }
        try folder.blank("pictures/blank.png")
        try folder.file("pairs.csv", Data(Self.pairs.utf8))
        return folder
    }

    private func arguments(_ folder: TemporaryFolder) -> [String] {
        [
            "evaluate", "curves", "--pairs", folder.path("pairs.csv"), "--images", folder.path("pictures"), "--quiet",
            "--fmr", "0.8",
        ]
    }

    private func environment(_ folder: TemporaryFolder) -> [String: String] {
        ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")]
    }

    @Test("Two kinds at two strengths: the record, the rows, the page, and the same results from the cache")
    func curves() throws {
        let folder = try prepare(), environment = environment(folder)
        let command = arguments(folder) + ["--kind", "noise=0,100", "--kind", "occlusion=0.02,1"]
        let first = try Command.run(
            command + ["--format", "json", "--report", folder.path("report")], environment: environment)
        #expect(first.status == 0, "\(first.errors)")
        let record = try JSON.object(first.json())
        let expected: [String: JSON.Kind] = [
            "statedFMR": .number, "threshold": .number, "level": .number, "unaltered": .object, "curves": .array,
            "seed": .number, "failedImages": .number, "unreadableImages": .number,
            "failures": .array, "model": .text, "detector": .text,
            "precision": .text, "enhancement": .text, "mirrored": .boolean, "face": .text,
        ]
        #expect(JSON.kinds(record) == expected)
        #expect(record["failedImages"] as? Double == 1)
        let curves = try JSON.objects(record["curves"])
        #expect(curves.map { $0["kind"] as? String } == ["noise", "occlusion"])
        let noise = try JSON.objects(curves[0]["points"]), hidden = try JSON.objects(curves[1]["points"])
        #expect(noise.map { $0["strength"] as? Double } == [0, 100])
        func misses(_ point: [String: any Sendable]) throws -> Double? {
            try JSON.object(point["fnmr"])["count"] as? Double
        }
        // Zero noise changes nothing; a completely covered face is never recognized.
        #expect(try misses(noise[0]) == misses(try JSON.object(record["unaltered"])))
        #expect(try misses(noise[0]) == 1, "the pair with the blank picture")
        #expect(try misses(hidden[1]) == 3)
        let report = try String(contentsOf: folder.url.appending(path: "report/report.json"), encoding: .utf8)
        #expect(report == first.output)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("report"))
        #expect(Set(files) == ["index.html", "report.json", "curves.csv", "noise.svg", "occlusion.svg"])

        let again = try Command.run(command + ["--format", "json"], environment: environment)
        #expect(again.output == first.output)
        let csv = try Command.run(command + ["--format", "csv"], environment: environment)
        #expect(rows(csv.output).count == 6 && rows(csv.output)[0].prefix(3) == ["kind", "strength", "fnmr"])
        let table = try Command.run(command, environment: environment)
        #expect(table.output.contains("fixed at FMR 0.8") && table.output.contains("occlusion"))
        #expect(Set(try folder.names()) == ["cache", "pairs.csv", "pictures", "report"])
    }

    @Test("Two models: a list of records, the differences, the rows and the page")
    func models() throws {
        let folder = try prepare(), environment = environment(folder)
        let command = arguments(folder) + ["--kind", "occlusion=1", "--compare", "facenet-128"]
        let outcome = try Command.run(
            command + ["--format", "json", "--report", folder.path("report")], environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        #expect(JSON.kinds(record) == ["models": .array, "comparisons": .array])
        let models = try JSON.objects(record["models"])
        #expect(models.count == 2 && models[1]["curves"] != nil)
        let comparison = try #require(try JSON.objects(record["comparisons"]).first)
        let points = try JSON.objects(comparison["points"])
        #expect(points.map { $0["kind"] as? String } == [nil, "occlusion"])
        // Neither model recognizes a completely covered face.
        let test = try JSON.object(points[1]["mcNemar"])
        #expect(test["onlyFirstRight"] as? Double == 0 && test["onlySecondRight"] as? Double == 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("report"))
        #expect(Set(files) == ["index.html", "report.json", "curves.csv", "occlusion.svg"])
        let csv = try Command.run(command + ["--format", "csv"], environment: environment)
        #expect(rows(csv.output).count == 5 && rows(csv.output)[0].prefix(2) == ["model", "kind"])
        let table = try Command.run(command, environment: environment)
        #expect(table.output.contains("facenet-128 - \(Fixtures.defaultModel)"))
        let twice = try Command.run(arguments(folder) + ["--compare", Fixtures.defaultModel], environment: environment)
        #expect(twice.status == 64, "\(twice.errors)")
        let unknown = try Command.run(arguments(folder) + ["--compare", "nobody"], environment: environment)
        #expect(unknown.status == 69, "\(unknown.errors)")
    }

    @Test("Unsupported rates, and invalid kinds and strengths")
    func refusals() throws {
        let folder = try prepare(), environment = environment(folder)
        let rate = try Command.run(arguments(folder) + ["--fmr", "1e-3"], environment: environment)
        #expect(rate.status == 65 && rate.errors.contains("it needs 3000"), "\(rate.errors)")
        let wrong = [
            "fog", "noise=", "noise=1000", "noise=3,x", "blur=2,2", "jpeg=0",
        ]
        for kind in wrong {
            let outcome = try Command.run(arguments(folder) + ["--kind", kind], environment: environment)
            #expect(outcome.status == 64 && outcome.output.isEmpty, "\(kind): \(outcome.errors)")
        }
        let twice = try Command.run(
            arguments(folder) + ["--kind", "noise", "--kind", "noise=3"], environment: environment)
        #expect(twice.status == 64)
    }
}
