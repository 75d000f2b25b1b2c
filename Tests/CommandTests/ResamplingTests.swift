import Foundation
import Pixels
import TestSupport
import Testing

@Suite(
    "likeness evaluate resampling",
    .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct ResamplingTests {
    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (index, name) in ["obama.jpg", "obama2.jpg"].enumerated() {
            try folder.small(name, as: "people/obama/\(index).png")
        }
        // There is only one portrait of each of the others. A mirrored one is similar enough to be the second.
        for name in ["biden.jpg", "astronaut.png"] {
            let person = name.prefix { $0 != "." }
            let picture = try folder.small(name, as: "people/\(person)/0.png")
            try Image(contentsOf: picture).mirrored().write(to: folder.file("people/\(person)/1.png"))
        }
        try folder.blank("people/biden/blank.png")
        return folder
    }

    private func run(_ folder: TemporaryFolder, _ more: String...) throws -> Command.Outcome {
        try Command.run(
            ["evaluate", "resampling", "--images", folder.path("people"), "--quiet"] + more,
            environment: [
                "LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache"),
            ])
    }

    @Test("Self-consistency over two seeds: the record, the table and the rows")
    func selfConsistency() throws {
        let folder = try prepare()
        let arguments = ["--protocol", "self-consistency", "--seeds", "2"]
        let outcome = try run(
            folder, arguments[0], arguments[1], arguments[2], arguments[3], "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        let expected: [String: JSON.Kind] = [
            "people": .number, "pictures": .number, "failedImages": .number, "unreadableImages": .number,
            "seeds": .number,
            "protocols": .array,
            "model": .text, "detector": .text, "precision": .text, "enhancement": .text,
            "mirrored": .boolean,
            "face": .text,
        ]
        #expect(JSON.kinds(record) == expected)
        #expect(record["people"] as? Double == 3 && record["pictures"] as? Double == 6)
        #expect(record["failedImages"] as? Double == 1)
        let entry = try #require(try JSON.objects(record["protocols"]).first)
        #expect(entry["protocol"] as? String == "self-consistency" && entry["folds"] == nil)
        #expect(try JSON.object(entry["accuracy"])["mean"] as? Double == 1)
        let runs = try JSON.objects(entry["runs"])
        #expect(runs.count == 2)
        #expect(try JSON.object(runs[0]["counts"])["truePositives"] as? Double == 3)
        let csv = try run(
            folder, arguments[0], arguments[1], arguments[2], arguments[3], "--format", "csv")
        #expect(
            rows(csv.output).count == 3
                && rows(csv.output)[1].prefix(3) == ["self-consistency", "1", "1"])
        let table = try run(folder, arguments[0], arguments[1], arguments[2], arguments[3])
        #expect(table.output.contains("6 pictures of 3 people") && table.output.contains("f1"))
    }

    @Test("Protocols that need more people, and invalid options")
    func refusals() throws {
        let folder = try prepare()
        let folds = try run(folder, "--protocol", "k-fold")
        #expect(folds.status == 65 && folds.errors.contains("at least 10"), "\(folds.errors)")
        let alone = try run(folder, "--protocol", "independent-set", "--test-share", "0.34")
        #expect(alone.status == 65 && alone.errors.contains("two people"), "\(alone.errors)")
        #expect(try run(folder, "--folds", "1").status == 64)
        #expect(try run(folder, "--test-share", "1").status == 64)
        #expect(try run(folder, "--seeds", "0").status == 64)
        #expect(try run(folder, "--protocol", "bootstrap").status == 64)
    }
}
