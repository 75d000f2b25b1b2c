import Foundation
import TestSupport
import Testing

@Suite("likeness evaluate --report", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct ReportTests {
    private static let pairs = """
        image_a,image_b,same,fold
        obama.jpg,obama2.jpg,1,0
        obama.jpg,biden.jpg,0,0
        obama3.jpg,obama2.jpg,1,1
        obama3.jpg,biden.jpg,0,1
        blank.png,biden.jpg,0,1

        """

    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["obama", "obama2", "obama3", "biden"] {
            try folder.small("\(name).jpg", as: "pictures/\(name).jpg")
        }
        try folder.blank("pictures/blank.png")
        try folder.file("pairs.csv", Data(Self.pairs.utf8))
        return folder
    }

    private func text(_ folder: TemporaryFolder, _ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.url.appending(path: name)), as: UTF8.self)
    }

    private func files(_ folder: TemporaryFolder, _ name: String) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.path(name)))
    }

    /// Checks that the page is complete and loads nothing from outside.
    private func check(_ html: String, pictures: Int) {
        #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
        let addresses = html.components(separatedBy: "src=\"").dropFirst()
        #expect(addresses.count == pictures && addresses.allSatisfy { $0.hasPrefix("data:image/jpeg;base64,") })
        #expect(!html.contains("<script") && !html.contains("<link"))
    }

    @Test("Pairs: a page, its files, and the record of --format json; written twice to the same folder")
    func pairs() throws {
        let folder = try prepare()
        let arguments = [
            "evaluate", "pairs", "--pairs", folder.path("pairs.csv"), "--images", folder.path("pictures"), "--fmr",
            "0.9", "--format", "json", "--quiet", "--report", folder.path("report"),
        ]
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")]
        for _ in 0..<2 {
            let outcome = try Command.run(arguments, environment: environment)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try text(folder, "report/report.json") == outcome.output)
        }
        #expect(
            try files(folder, "report") == [
                "index.html", "report.json", "roc.csv", "roc.svg", "det.csv", "det.svg", "histogram.csv",
                "histogram.svg", "pairs.csv",
            ])
        let html = try text(folder, "report/index.html")
        // Two mated pairs, and two impostor pairs with a similarity.
        check(html, pictures: 8)
        for part in ["\(Fixtures.defaultModel)@", "obama3.jpg", "no face", "--report", "non-commercial research"] {
            #expect(html.contains(part))
        }
        let similarities = rows(try text(folder, "report/pairs.csv"))
        #expect(similarities.count == 6 && similarities[0].last == "similarity" && similarities[5].last == "")
        #expect((Double(similarities[1].last ?? "") ?? 0) > 0.6)
        #expect(try folder.names() == ["cache", "pairs.csv", "pictures", "report"], "nothing half-written stays")
    }

    @Test("A second model: in the table, the record and the page")
    func compare() throws {
        let folder = try prepare()
        let arguments = [
            "evaluate", "pairs", "--pairs", folder.path("pairs.csv"), "--images", folder.path("pictures"), "--fmr",
            "0.9", "--fmr", "1e-3", "--quiet", "--compare", "facenet-128",
        ]
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")]
        let outcome = try Command.run(
            arguments + ["--format", "json", "--report", folder.path("report")], environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        #expect(JSON.kinds(record) == ["models": .array, "comparisons": .array])
        let models = try JSON.objects(record["models"])
        let names = models.compactMap { ($0["model"] as? String)?.prefix { $0 != "@" }.description }
        #expect(names == [Fixtures.defaultModel, "facenet-128"])
        for model in models { #expect(model["auc"] as? Double == 1 && model["pairs"] as? Double == 5) }
        let comparison = try #require(try JSON.objects(record["comparisons"]).first)
        let expected: [String: JSON.Kind] = [
            "first": .text, "second": .text, "decisions": .array, "differences": .array, "rounds": .number,
            "people": .number, "level": .number,
        ]
        #expect(JSON.kinds(comparison) == expected)
        #expect(try JSON.objects(comparison["decisions"]).isEmpty, "three impostor pairs support no rate of 0.9")
        #expect(try text(folder, "report/report.json") == outcome.output)
        let html = try text(folder, "report/index.html")
        check(html, pictures: 16)
        for part in ["\(Fixtures.defaultModel)@", "facenet-128@", "More about facenet-128"] {
            #expect(html.contains(part))
        }
        #expect(
            try files(folder, "report").isSuperset(of: [
                "histogram-\(Fixtures.defaultModel).svg", "histogram-facenet-128.svg",
            ]))
        let table = try Command.run(arguments, environment: environment)
        #expect(table.output.contains("figure") && table.output.contains("facenet-128"))

        let same = try Command.run(arguments + ["--compare", Fixtures.defaultModel], environment: environment)
        #expect(same.status == 64 && same.errors.contains("itself"))
        let unknown = try Command.run(arguments + ["--compare", "nothing"], environment: environment)
        #expect(unknown.status == 69)
    }

    @Test("A folder with other content is refused before any work")
    func occupied() throws {
        let folder = try prepare()
        let list = ["--pairs", folder.path("pairs.csv"), "--images", folder.path("pictures")]
        for (place, status) in [("pictures", 64), ("pairs.csv", 64), ("pairs.csv/below", 74)] as [(String, Int32)] {
            let outcome = try Command.run(
                ["evaluate", "pairs"] + list + ["--report", folder.path(place)],
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == status, "\(place): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        #expect(try folder.names() == ["pairs.csv", "pictures"])
        #expect(try files(folder, "pictures").count == 5)
    }

    @Test("All pairs and identification: curves, pictures, the record")
    func people() throws {
        let folder = try TemporaryFolder()
        for name in ["obama", "obama2", "obama3"] {
            try folder.small("\(name).jpg", as: "people/obama/\(name).jpg")
        }
        try folder.small("biden.jpg", as: "people/biden/biden.jpg")
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")]
        let images = ["--images", folder.path("people"), "--quiet"]
        let all = try Command.run(
            ["evaluate", "all-pairs"] + images + [
                "--compare", "facenet-128", "--format", "json", "--report", folder.path("all"),
            ], environment: environment)
        #expect(all.status == 0, "\(all.errors)")
        #expect(try JSON.objects(JSON.object(all.json())["models"]).count == 2)
        #expect(try text(folder, "all/report.json") == all.output)
        #expect(try files(folder, "all").isSuperset(of: ["index.html", "det.csv", "roc.svg", "histogram.csv"]))
        // Each of the two models has one pair of the one man, and one pair of him with the other man.
        check(try text(folder, "all/index.html"), pictures: 8)

        let identify = ["evaluate", "identify"] + images + ["--enrolled", "2", "--small"]
        let found = try Command.run(
            identify + ["--format", "json", "--report", folder.path("found")], environment: environment)
        #expect(found.status == 0, "\(found.errors)")
        #expect(try text(folder, "found/report.json") == found.output)
        #expect(try files(folder, "found").isSuperset(of: ["index.html", "cmc.csv", "cmc.svg", "fnir.csv"]))
        let html = try text(folder, "found/index.html")
        check(html, pictures: 4)
        for part in ["Rank 1", "biden, taken for obama", "rank 1"] { #expect(html.contains(part), "\(part)") }
        #expect(rows(try text(folder, "found/cmc.csv")).count == 2)
    }
}
