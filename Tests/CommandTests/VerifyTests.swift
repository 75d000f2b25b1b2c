import Foundation
import TestSupport
import Testing

@Suite("likeness verify", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct VerifyTests {
    @Test("The same person: status 0 and the complete record")
    func match() throws {
        let outcome = try likeness(
            "verify", portrait("obama.jpg"), portrait("obama2.jpg"), "--threshold", threshold, "--format", "json")
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        let record = try JSON.object(outcome.json())
        var kinds = JSON.kinds(record)
        let rate = kinds.removeValue(forKey: "falseMatchRate")
        #expect(rate == .null || rate == .number, "there even where it is unknown")
        let probability = kinds.removeValue(forKey: "probability")
        #expect(probability == .null || probability == .number, "there even where the card has none")
        #expect(
            kinds == [
                "similarity": .number, "threshold": .number, "match": .boolean, "model": .text, "detector": .text,
                "precision": .text, "a": .object, "b": .object, "condition": .null, "prior": .number, "remark": .null,
            ])
        #expect(record["match"] as? Bool == true)
        #expect(abs((record["threshold"] as? Double ?? 0) - 0.4) < 1e-6)
        #expect((record["similarity"] as? Double ?? 0) > 0.6)
        let side = try JSON.object(record["a"])
        #expect(
            JSON.kinds(side) == ["image": .text, "faceCount": .number, "enhancement": .text, "face": .object])
        #expect(side["image"] as? String == portrait("obama.jpg"))
        try Contract.expect(try JSON.object(side["face"]), with: ["model": .text])
    }

    @Test("Two people: status 1 and 'no match'; several faces are reported")
    func noMatch() throws {
        let folder = try TemporaryFolder()
        try folder.group("two.png", of: ["obama3.jpg", "astronaut.png"])
        let outcome = try likeness("verify", portrait("biden.jpg"), folder.path("two.png"), "--threshold", threshold)
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("no match\n"))
        #expect(outcome.output.contains("2 faces"))
        let csv = try likeness(
            "verify", "-", portrait("obama2.jpg"), "--threshold", threshold, "--format", "csv",
            input: Data(contentsOf: Fixtures.portrait("biden.jpg")))
        #expect(csv.status == 1)
        let table = rows(csv.output)
        try #require(table.map(\.count) == [12, 12])
        #expect(table[1].first == "-" && table[1][5] == "false")
    }

    @Test("Errors have their own status and leave the standard output empty")
    func failures() throws {
        let folder = try TemporaryFolder()
        try folder.blank("blank.png")
        try folder.file("text.jpg", Data("no picture".utf8))
        let known = portrait("obama_partial_face.jpg")
        let cases: [(file: String, more: [String], status: Int32, says: String)] = [
            (folder.path("blank.png"), ["--enhance", "off"], 65, "no face"),
            (folder.path("text.jpg"), [], 65, "text.jpg"),
            (folder.path("missing.jpg"), [], 66, "missing.jpg"),
            (known, ["--model", "nobody"], 69, "nobody"),
            (known, ["--model", "yunet"], 69, "not made for"),
        ]
        for (file, more, status, says) in cases {
            let outcome = try Command.run(
                ["verify", known, file, "--threshold", threshold] + more,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == status, "\(file) \(more)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(says))
            #expect(outcome.errors.split(separator: "\n").count == 1, "one line")
        }
    }

    @Test(
        "A rate from the card; an unsupported rate is refused with the number of pairs needed",
        .enabled(if: hasThresholds, needsThresholds))
    func rates() throws {
        let outcome = try likeness(
            "verify", portrait("obama.jpg"), portrait("obama2.jpg"), "--fmr", "1e-3", "--format", "jsonl")
        #expect(outcome.status == 0)
        let record = try #require(try outcome.jsonLines().first)
        #expect(record["falseMatchRate"] as? Double == 1e-3)
        let refused = try likeness("verify", portrait("obama.jpg"), portrait("obama2.jpg"), "--fmr", "1e-9")
        #expect(refused.status == 64)
        #expect(refused.output.isEmpty)
        #expect(refused.errors.contains("30000000000 pairs"))
    }
}
