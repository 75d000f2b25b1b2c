import Foundation
import TestSupport
import Testing

@Suite(
    "likeness evaluate templates",
    .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct TemplatesTests {
    private static let templates = """
        template,file,identity,media
        t1,obama.png,obama,
        t1,obama2.png,obama,
        t2,obama3.png,obama,video
        t2,blank.png,obama,video
        t3,biden.png,biden,
        t4,blank.png,biden,

        """

    private static let pairs = """
        template_a,template_b,fold
        t1,t2,0
        t1,t3,0
        t3,t2,1
        t3,t4,1

        """

    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["obama", "obama2", "obama3", "biden"] {
            try folder.small("\(name).jpg", as: "pictures/\(name).png")
        }
        try folder.blank("pictures/blank.png")
        try folder.file("templates.csv", Data(Self.templates.utf8))
        try folder.file("pairs.csv", Data(Self.pairs.utf8))
        return folder
    }

    private func run(_ folder: TemporaryFolder, pairs: String = "pairs.csv", _ more: String...) throws
        -> Command.Outcome
    {
        try Command.run(
            [
                "evaluate", "templates", "--templates", folder.path("templates.csv"), "--pairs",
                folder.path(pairs),
                "--images", folder.path("pictures"), "--quiet", "--threshold", threshold, "--fmr", "0.9",
            ] + more,
            environment: [
                "LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache"),
            ])
    }

    @Test(
        "Pooled pictures are compared; a template without a face never matches",
        arguments: ["equal", "size"])
    func templates(weight: String) throws {
        let folder = try prepare()
        let outcome = try run(
            folder, "--weight", weight, "--format", "json", "--report", folder.path("report"))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        #expect(record["templates"] as? Double == 4 && record["pictures"] as? Double == 6)
        #expect(record["weight"] as? String == weight && record["pairs"] as? Double == 4)
        #expect(record["matedPairs"] as? Double == 2 && record["failedMatedPairs"] as? Double == 1)
        #expect(record["failedImages"] as? Double == 1 && record["card"] == nil)
        let errors = try #require(try JSON.objects(record["atThresholds"]).first)
        #expect(
            try JSON.object(errors["fnmr"])["errors"] as? Double == 1, "the template without a face")
        #expect(try JSON.object(errors["fmr"])["errors"] as? Double == 0)
        let html = try String(
            contentsOf: folder.url.appending(path: "report/index.html"), encoding: .utf8)
        #expect(
            html.contains("4 pairs of templates") && html.contains("templates t1 – t2, with one picture of each")
        )
        let table = try run(folder)
        #expect(table.output.contains("4 templates of 6 pictures, weighted by confidence"))
    }

    @Test("Two models side by side, and invalid lists")
    func others() throws {
        let folder = try prepare()
        let both = try run(folder, "--compare", "facenet-128", "--format", "json")
        #expect(both.status == 0, "\(both.errors)")
        #expect(try JSON.objects(JSON.object(both.json())["models"]).count == 2)
        try folder.file("unknown.csv", Data("template_a,template_b\nt1,t9\n".utf8))
        let unknown = try run(folder, pairs: "unknown.csv")
        #expect(unknown.status == 65 && unknown.errors.contains("the template t9"), "\(unknown.errors)")
        #expect(try run(folder, pairs: "missing.csv").status == 66)
        #expect(try run(folder, "--weight", "beauty").status == 64)
    }
}
