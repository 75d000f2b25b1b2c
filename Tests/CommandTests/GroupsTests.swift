import Foundation
import TestSupport
import Testing

@Suite("likeness evaluate groups", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct GroupsTests {
    private static let list = """
        file,identity,gender,wears
        obama.png,obama,man,tie
        obama2.png,obama,man,tie
        biden.png,,man,tie
        astronaut.png,,woman,suit
        blank.png,biden,man,

        """

    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["obama.jpg", "obama2.jpg", "biden.jpg", "astronaut.png"] {
            try folder.small(name, as: "pictures/\(name.prefix { $0 != "." }).png")
        }
        try folder.blank("pictures/blank.png")
        try folder.file("list.csv", Data(Self.list.utf8))
        return folder
    }

    private func run(_ folder: TemporaryFolder, _ more: String...) throws -> Command.Outcome {
        try Command.run(
            [
                "evaluate", "groups", "--list", folder.path("list.csv"), "--images", folder.path("pictures"), "--quiet",
            ] + more,
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")])
    }

    @Test("By one column and by two crossed columns: the record, the rows and the page")
    func groups() throws {
        let folder = try prepare()
        let outcome = try run(
            folder, "--label", "gender", "--label", "gender+wears", "--threshold", threshold, "--format", "json",
            "--report", folder.path("report"))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        let expected: [String: JSON.Kind] = [
            "threshold": .number, "statedFMR": .null, "thresholdFrom": .text, "pictures": .number, "people": .number,
            "failedImages": .number, "unreadableImages": .number,
            "failures": .array, "labels": .array, "model": .text, "detector": .text,
            "precision": .text, "enhancement": .text, "mirrored": .boolean, "face": .text,
        ]
        #expect(JSON.kinds(record) == expected)
        #expect(record["people"] as? Double == 2 && record["failedImages"] as? Double == 1)
        let labels = try JSON.objects(record["labels"])
        #expect(labels.map { $0["label"] as? String } == ["gender", "gender+wears"])
        let genders = try JSON.objects(labels[0]["groups"])
        #expect(genders.map { $0["name"] as? String } == ["man", "woman"])
        // Men: five impostor pairs, among them those with the blank picture and with the other man, and one mated pair.
        let match = try JSON.object(genders[0]["fmr"]), miss = try JSON.object(genders[0]["fnmr"])
        #expect(match["count"] as? Double == 0 && match["total"] as? Double == 5)
        #expect(miss["count"] as? Double == 0 && miss["total"] as? Double == 1)
        #expect(genders[1]["fmr"] == nil && genders[1]["fnmr"] == nil)
        #expect(try JSON.object(labels[0]["acrossGroups"])["total"] as? Double == 4)
        #expect(labels[0]["bootstrapRounds"] as? Double == 1000)
        #expect(try JSON.object(genders[0]["fmrByPeople"])["high"] as? Double == 0)
        let crossed = try JSON.objects(labels[1]["groups"])
        #expect(crossed.map { $0["name"] as? String } == ["man + tie", "woman + suit"])
        #expect(try JSON.object(crossed[0]["fmr"])["total"] as? Double == 2)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("report"))
        #expect(Set(files).isSuperset(of: ["index.html", "report.json", "groups.csv", "fmr-1.svg", "fnmr-1.svg"]))
        let csv = try run(folder, "--label", "gender", "--threshold", threshold, "--format", "csv")
        #expect(rows(csv.output).count == 4 && rows(csv.output)[0].prefix(2) == ["label", "group"])
        let table = try run(folder, "--label", "gender", "--threshold", threshold)
        #expect(table.output.contains("woman") && table.output.contains("(given)"))
        #expect(table.output.contains("bootstrap"))
        let without = try run(folder, "--label", "gender", "--threshold", threshold, "--bootstrap", "0")
        #expect(!without.output.contains("bootstrap"))
    }

    @Test("The threshold of the card, of the list, and none")
    func thresholds() throws {
        let folder = try prepare()
        let few = try run(folder, "--label", "gender", "--fmr", "0.5", "--threshold-from", "list")
        #expect(few.status == 65 && few.errors.contains("it needs 60"), "\(few.errors)")
        let both = try run(folder, "--label", "gender", "--threshold", "0.4", "--threshold-from", "list")
        #expect(both.status == 64)
        let twice = try run(folder, "--label", "gender", "--threshold", "0.4", "--fmr", "0.1")
        #expect(twice.status == 64)
        if hasThresholds {
            let card = try run(folder, "--label", "gender", "--format", "json")
            let record = try JSON.object(card.json())
            #expect(record["thresholdFrom"] as? String == "card" && record["statedFMR"] as? Double == 1e-3)
            let rare = try run(folder, "--label", "gender", "--fmr", "1e-12")
            #expect(rare.status == 64 && rare.errors.contains("pairs of people"), "\(rare.errors)")
        }
    }

    @Test("Missing columns, and invalid lists")
    func failures() throws {
        let folder = try prepare()
        #expect(try run(folder).status == 64)
        #expect(try run(folder, "--label", "gender+").status == 64)
        #expect(try run(folder, "--label", "gender", "--bootstrap=-1").status == 64)
        #expect(try run(folder, "--label", "gender", "--label", "gender").status == 64)
        let unknown = try run(folder, "--label", "hair")
        #expect(unknown.status == 65 && unknown.errors.contains("lacks hair"), "\(unknown.errors)")
        let missing = try Command.run(
            ["evaluate", "groups", "--list", folder.path("no.csv"), "--images", folder.url.path, "--label", "a"],
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
        #expect(missing.status == 66)
    }
}
