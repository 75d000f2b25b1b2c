import Foundation
import Pixels
import TestSupport
import Testing

@Suite("likeness explain", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct ExplainTests {
    @Test("Two pictures of a person: status 0, maps, parts, and a readable picture")
    func match() throws {
        let folder = try TemporaryFolder()
        let arguments = [
            "explain", portrait("obama.jpg"), portrait("obama2.jpg"), "--threshold", threshold, "--format", "json",
            "--to", folder.path("why.png"),
        ]
        let environment = ["LIKENESS_HOME": Fixtures.dependencies.path]
        let outcome = try Command.run(arguments, environment: environment)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let record = try JSON.object(outcome.json())
        var kinds = JSON.kinds(record)
        for name in ["falseMatchRate", "condition", "probability", "remark"] { kinds[name] = nil }
        #expect(
            kinds == [
                "similarity": .number, "threshold": .number, "match": .boolean, "model": .text, "detector": .text,
                "precision": .text, "prior": .number, "template": .text, "method": .text, "fill": .text,
                "picture": .text, "a": .object,
                "b": .object,
            ])
        let verified = try JSON.object(
            likeness(
                "verify", portrait("obama.jpg"), portrait("obama2.jpg"), "--threshold", threshold, "--format", "json"
            ).json())
        #expect(record["similarity"] as? Double == verified["similarity"] as? Double)
        for name in ["a", "b"] { try expectSide(JSON.object(record[name])) }
        let picture = try Image(contentsOf: folder.url.appending(path: "why.png"))
        #expect(picture.width == 688 && picture.height > 700)
        let again = try Command.run(arguments, environment: environment)
        #expect(again.output == outcome.output, "the same input, the same map")
    }

    private func expectSide(_ side: [String: any Sendable]) throws {
        #expect(
            JSON.kinds(side) == [
                "image": .text, "faceCount": .number, "enhancement": .text, "face": .object, "map": .object,
                "regions": .array,
            ])
        try Contract.expect(try JSON.object(side["face"]), with: ["model": .text])
        let map = try JSON.object(side["map"])
        let rows = try #require(map["values"] as? [any Sendable]).compactMap { $0 as? [any Sendable] }
        #expect(map["rows"] as? Double == 16 && map["columns"] as? Double == 16)
        #expect(rows.count == 16 && rows.allSatisfy { $0.count == 16 && $0.allSatisfy { $0 is Double } })
        let regions = try JSON.objects(side["regions"])
        #expect(regions.allSatisfy { Set($0.keys) == ["region", "share", "against", "area"] })
        let shares = regions.compactMap { $0["share"] as? Double }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-4)
        #expect(regions.contains { $0["region"] as? String == "nose" })
    }

    @Test("Two people: status 1, a table, and rows for the parts")
    func noMatch() throws {
        let outcome = try likeness("explain", portrait("biden.jpg"), portrait("obama2.jpg"), "--threshold", threshold)
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("no match\n"))
        #expect(outcome.output.contains("nose") && outcome.output.contains("left eye"))
        let csv = try likeness(
            "explain", "-", portrait("obama2.jpg"), "--threshold", threshold, "--format", "csv",
            input: Data(contentsOf: Fixtures.portrait("biden.jpg")))
        #expect(csv.status == 1)
        let table = rows(csv.output)
        #expect(table.count > 15 && table.allSatisfy { $0.count == 5 })
        #expect(table[1].first == "-")
    }

    @Test("Errors have their own status and a reason in one line, and write no picture")
    func failures() throws {
        let folder = try TemporaryFolder()
        try folder.blank("blank.png")
        let known = portrait("obama_partial_face.jpg")
        let cases: [(file: String, more: [String], status: Int32, says: String)] = [
            (folder.path("blank.png"), ["--enhance", "off", "--to", folder.path("why.png")], 65, "no face"),
            (folder.path("missing.jpg"), ["--to", folder.path("why.png")], 66, "missing.jpg"),
            (known, ["--model", "nobody"], 69, "nobody"),
            (known, ["--to", folder.path("none/why.png")], 74, "written"),
            (known, ["--attention"], 64, "no attention"),
        ]
        for (file, more, status, says) in cases {
            let outcome = try Command.run(
                ["explain", known, file, "--threshold", threshold] + more,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == status, "\(file) \(more)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(says))
            #expect(outcome.errors.split(separator: "\n").count == 1, "one line")
        }
        #expect(try folder.names() == ["blank.png"])
    }

    @Test(
        "Attention maps of a network that has them",
        .enabled(
            if: FileManager.default.fileExists(atPath: Fixtures.model("facenet-strengthened").path),
            "needs the weights of facenet-strengthened"))
    func attention() throws {
        let folder = try TemporaryFolder()
        try folder.installation(of: "facenet-strengthened")
        let outcome = try likeness(
            "explain", portrait("obama.jpg"), portrait("obama2.jpg"), "--threshold", threshold, "--format", "json",
            "--model", "facenet-strengthened", "--attention", "--to", folder.path("why.png"),
            environment: ["LIKENESS_HOME": folder.url.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let side = try JSON.object(JSON.object(outcome.json())["a"])
        let maps = try JSON.objects(side["attention"])
        #expect(maps.map { $0["kind"] as? String } == ["gate", "places", "places", "places", "places"])
        let sizes = try maps.map { try JSON.object($0["map"])["rows"] as? Double }
        #expect(sizes == [3, 8, 8, 8, 3])
        for map in maps {
            let rows = try #require(try JSON.object(map["map"])["values"] as? [any Sendable])
            let values = rows.compactMap { $0 as? [any Sendable] }.joined().compactMap { $0 as? Double }
            let mean = values.reduce(0, +) / Double(values.count)
            if map["kind"] as? String == "gate" {
                #expect(values.allSatisfy { (0...1).contains($0) })
            } else {
                #expect(abs(mean - 1) < 0.02, "each place gets 1 in the mean")
            }
        }
        #expect(try Image(contentsOf: folder.url.appending(path: "why.png")).width == 688 + 5 * 336)
    }
}

@Suite(
    "likeness evaluate explanations", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct EvaluateExplanationsTests {
    @Test("A list of pairs: the controls with their intervals; a missing picture makes a failed pair")
    func report() throws {
        let folder = try TemporaryFolder()
        let list = """
            image_a,image_b,same
            obama.jpg,obama2.jpg,1
            obama2.jpg,obama3.jpg,1
            obama.jpg,biden.jpg,0
            obama3.jpg,missing.jpg,1

            """
        try folder.file("pairs.csv", Data(list.utf8))
        let outcome = try likeness(
            "evaluate", "explanations", "--pairs", folder.path("pairs.csv"), "--images",
            Fixtures.dependencies.appending(path: "portraits").path, "--format", "json", "--quiet")
        #expect(outcome.status == 3, "one picture is missing: \(outcome.errors)")
        let record = try JSON.object(outcome.json())
        #expect(record["faces"] as? Double == 2)
        #expect(record["holds"] as? Bool != nil && record["unreadableImages"] as? Double == 1)
        #expect(record["method"] as? String == "patches" && record["embeddingsPerMap"] as? Double == 114)
        let hidden = try JSON.objects(record["hidden"])
        #expect(hidden.map { $0["fill"] as? String } == ["blur", "mean"])
        for one in hidden {
            let controls = try JSON.objects(one["controls"])
            #expect(controls.map { $0["control"] as? String } == ["cells", "blobs", "otherFace"])
            #expect(controls.allSatisfy { JSON.kinds($0)["interval"] == .object })
        }
        let failures = try JSON.objects(record["failures"])
        #expect(failures.count == 1 && failures.first?["imageB"] as? String == "missing.jpg")
    }

    @Test("It is an error if no pair can be tested; an odd count is a usage error")
    func nothing() throws {
        let folder = try TemporaryFolder()
        try folder.file("pairs.csv", Data("image_a,image_b,same\nobama.jpg,biden.jpg,0\n".utf8))
        let outcome = try likeness(
            "evaluate", "explanations", "--pairs", folder.path("pairs.csv"), "--images", folder.url.path)
        #expect(outcome.status == 65 && outcome.errors.contains("mated"))
        let odd = try likeness("evaluate", "explanations", "--pairs", "x", "--images", "y", "--count", "0")
        #expect(odd.status == 64)
    }
}

extension TemporaryFolder {
    /// Creates an installation with this clone's card of one model; everything else is from scripts/setup.
    fileprivate func installation(of model: String) throws {
        let files = FileManager.default
        for name in ["setup.json", "openvino"] {
            try files.createSymbolicLink(
                at: url.appending(path: name), withDestinationURL: Fixtures.dependencies.appending(path: name))
        }
        let models = url.appending(path: "models")
        try files.createDirectory(at: models.appending(path: model), withIntermediateDirectories: true)
        try files.createSymbolicLink(
            at: models.appending(path: "yunet"),
            withDestinationURL: Fixtures.dependencies.appending(path: "models/yunet"))
        try files.createSymbolicLink(
            at: models.appending(path: "\(model)/model.onnx"), withDestinationURL: Fixtures.model(model))
        try copy(Fixtures.root.appending(path: "Models/\(model).json"), to: "models/\(model)/card.json")
    }
}
