import Foundation
import Pixels
import TestSupport
import Testing

@Suite("likeness evaluate classify", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct ClassifyTests {
    /// Three pictures of two people, two of a third, one of a fourth, and one without a face.
    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (index, name) in ["obama.jpg", "obama2.jpg", "obama3.jpg"].enumerated() {
            try folder.small(name, as: "people/obama/\(index).png")
        }
        for name in ["biden.jpg", "astronaut.png"] {
            let person = name.prefix { $0 != "." }
            let picture = try folder.small(name, as: "people/\(person)/0.png")
            let mirrored = try Image(contentsOf: picture).mirrored()
            try mirrored.write(to: folder.file("people/\(person)/1.png"))
        }
        try folder.small("obama.jpg", as: "people/somebody/0.png")
        try folder.blank("people/biden/blank.png")
        return folder
    }

    private func run(_ folder: TemporaryFolder, _ more: String...) throws -> Command.Outcome {
        try Command.run(
            ["evaluate", "classify", "--images", folder.path("people"), "--quiet"] + more,
            environment: [
                "LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache"),
            ])
    }

    @Test("Portraits: the record, the table, the rows, the matrix and the page")
    func portraits() throws {
        let folder = try prepare()
        let outcome = try run(
            folder, "--seeds", "2", "--format", "json", "--confusion", folder.path("confusion.csv"), "--report",
            folder.path("report"))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        let expected: [String: JSON.Kind] = [
            "people": .number, "pictures": .number, "leftOutImages": .number, "failedImages": .number,
            "trainingShare": .number, "seeds": .number, "ridges": .array, "methods": .array, "difference": .object,
            "runs": .array, "model": .text, "detector": .text, "precision": .text, "enhancement": .text,
            "mirrored": .boolean, "face": .text, "unreadableImages": .number,
        ]
        #expect(JSON.kinds(record) == expected)
        #expect(record["people"] as? Double == 3 && record["pictures"] as? Double == 7)
        #expect(record["failedImages"] as? Double == 1 && record["leftOutImages"] as? Double == 1)
        let methods = try JSON.objects(record["methods"])
        #expect(methods.map { $0["method"] as? String } == ["softmax", "nearest-mean"])
        for method in methods {
            let accuracy = try #require(try JSON.objects(method["measures"]).first)
            #expect(accuracy["name"] as? String == "accuracy")
            let summary = try JSON.object(accuracy["summary"])
            #expect(summary["mean"] as? Double == 1 && summary["runs"] as? Double == 2)
        }
        let runs = try JSON.objects(record["runs"])
        #expect(runs.count == 2 && runs[0]["tested"] as? Double == 3)
        let matrix = rows(try String(contentsOf: folder.url.appending(path: "confusion.csv"), encoding: .utf8))
        #expect(matrix[0] == ["person", "astronaut", "biden", "obama", "(nobody)"])
        #expect(matrix[3] == ["obama", "0", "0", "2", "0"])
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("report"))
        #expect(Set(files) == ["index.html", "report.json", "ranks.csv", "ranks.svg", "confusions.csv"])
        let table = try run(folder, "--seeds", "2")
        #expect(table.output.contains("7 pictures of 3 people") && table.output.contains("macroF1"))
        let csv = try run(folder, "--seeds", "2", "--format", "csv")
        #expect(rows(csv.output).count == 5 && rows(csv.output)[1].prefix(3) == ["softmax", "1", "3"])
    }

    @Test("Copies are tested instead of the pictures; a copy without a face is an error")
    func copies() throws {
        let folder = try prepare()
        for person in ["obama", "biden", "astronaut"] {
            for index in 0..<2 { try folder.small("obama2.jpg", as: "copies/\(person)/\(index).png") }
        }
        try folder.blank("copies/obama/2.png")
        let outcome = try run(
            folder, "--folds", "2", "--seeds", "1", "--test-images", folder.path("copies"), "--format", "json",
            "--report",
            folder.path("report"))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        #expect(record["failedTestImages"] as? Double == 1 && record["folds"] as? Double == 2)
        let runs = try JSON.objects(record["runs"])
        let accuracy = try JSON.object(try JSON.object(runs[0]["softmax"])["accuracy"])
        // All copies show the same person: two of the seven pictures are of him, and the copy of a third has no face.
        #expect(accuracy["count"] as? Double == 2 && accuracy["total"] as? Double == 7)
        let methods = try JSON.objects(record["methods"])
        let confusions = try JSON.objects(methods[0]["confusions"])
        #expect(confusions.map { $0["takenFor"] as? String } == ["obama", "obama"])
        let page = try String(contentsOf: folder.url.appending(path: "report/index.html"), encoding: .utf8)
        #expect(page.contains("astronaut, taken for obama") && page.contains("data:image/jpeg"))
        let missing = try run(folder, "--test-images", folder.path("nothing"))
        #expect(missing.status == 66 && missing.errors.contains("there is no folder"), "\(missing.errors)")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "nothing"), withIntermediateDirectories: false)
        let none = try run(folder, "--test-images", folder.path("nothing"))
        #expect(none.status == 65 && none.errors.contains("none of the 7 pictures could be used"), "\(none.errors)")
    }

    @Test("Unsuitable people and options")
    func refusals() throws {
        let folder = try prepare()
        let wrong = [
            ["--folds", "1"], ["--training-share", "1"], ["--training-share", "0.5", "--folds", "2"], ["--seeds", "0"],
            ["--ridge", "0"],
        ]
        for options in wrong {
            let outcome = try Command.run(
                ["evaluate", "classify", "--images", folder.path("people")] + options, environment: [:])
            #expect(outcome.status == 64 && outcome.output.isEmpty, "\(options): \(outcome.errors)")
        }
        let few = try run(folder, "--folds", "9")
        #expect(few.status == 65 && few.errors.contains("at least 9"), "\(few.errors)")
        try folder.blank("empty/nobody/0.png")
        let nobody = try run(folder, "--images", folder.path("empty"))
        #expect(nobody.status == 65, "\(nobody.errors)")
        let unwritable = try run(folder, "--confusion", folder.path("people"))
        #expect(unwritable.status == 74, "\(unwritable.errors)")
    }
}
