import Foundation
import Pixels
import TestSupport
import Testing

@Suite(
    "likeness evaluate quality", .enabled(if: hasQualityNetwork, Comment(rawValue: Fixtures.needsSetUp)))
struct QualityTests {
    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["obama.jpg", "obama2.jpg"] { try folder.small(name, as: "pictures/obama/\(name).png") }
        try folder.small("biden.jpg", as: "pictures/biden/biden.png")
        try folder.blank("pictures/biden/blank.png")
        return folder
    }

    private func run(_ folder: TemporaryFolder, _ more: String...) throws -> Command.Outcome {
        try Command.run(
            ["evaluate", "quality", "--images", folder.path("pictures"), "--quiet"] + more,
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")])
    }

    @Test("The record, the rows and the table")
    func formats() throws {
        let folder = try prepare()
        let outcome = try run(folder, "--threshold", "0.999", "--format", "json", "--bootstrap", "50")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSON.object(outcome.json())
        let expected: [String: JSON.Kind] = [
            "threshold": .number, "statedFMR": .null, "thresholdFrom": .text, "pictures": .number,
            "failedImages": .number, "unreadableImages": .number, "faces": .number, "people": .number,
            "criteria": .array, "model": .text, "detector": .text, "precision": .text, "enhancement": .text,
            "mirrored": .boolean, "face": .text,
        ]
        #expect(JSON.kinds(record) == expected)
        #expect(record["pictures"] as? Double == 4 && record["failedImages"] as? Double == 1)
        #expect(record["people"] as? Double == 1 && record["faces"] as? Double == 3)
        let criteria = try JSON.objects(record["criteria"])
        #expect(
            criteria.map { $0["name"] as? String } == ["quality", "conditions", "size", "sharpness", "confidence"])
        for criterion in criteria {
            let points = try JSON.objects(criterion["points"])
            #expect(points.map { $0["share"] as? Double } == [0, 0.01, 0.02, 0.05, 0.1, 0.2])
            #expect(points[0]["fnmr"] as? Double == 1 && points[0]["refused"] as? Double == 0)
        }
        let rows = try run(folder, "--threshold", "0.999", "--format", "csv").output.split(separator: "\n")
        #expect(rows.count == 1 + 5 * 6 && rows[0].hasPrefix("criterion,share,refused"))
        #expect(rows.allSatisfy { $0.count(where: { $0 == "," }) == 11 })
        let table = try run(folder, "--threshold", "0.999", "--altered", "--refuse", "0.4", "--refuse", "0.01").output
        #expect(table.contains("40.0 % of the faces refused: ") && table.contains("conditions"))
        #expect(table.contains("1.0 % of the faces: none"))
        #expect(try run(folder, "--threshold", "-1").output.contains("There are no errors"))
    }

    @Test("Wrong options and missing people end with the right status")
    func errors() throws {
        let folder = try prepare()
        #expect(try run(folder, "--no-quality").status == 64)
        #expect(try run(folder, "--bootstrap", "-1").status == 64)
        for share in ["1", "-0.1", "nan", "x"] { #expect(try run(folder, "--refuse", share).status == 64) }
        #expect(try run(folder, "--threshold", "0.3", "--threshold-from", "list").status == 64)
        try FileManager.default.removeItem(atPath: folder.path("pictures/obama"))
        let nobody = try run(folder, "--threshold", "0.3")
        #expect(nobody.status == 65 && nobody.errors.contains("no mated pairs"))
    }

    @Test("Without the network, a remark says that the gate doesn't check the quality, and a least quality is an error")
    func missing() throws {
        let folder = try TemporaryFolder()
        try folder.file("home/setup.json", Data("{}".utf8))
        let models = folder.url.appending(path: "home/models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        for name in ["yunet", "sface"] + Fixtures.helperModels where name != "face-quality" {
            try FileManager.default.createSymbolicLink(
                at: models.appending(path: name),
                withDestinationURL: Fixtures.dependencies.appending(path: "models/\(name)"))
        }
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "home/openvino"),
            withDestinationURL: Fixtures.dependencies.appending(path: "openvino"))
        func run(_ arguments: [String]) throws -> Command.Outcome {
            try Command.run(arguments, environment: ["LIKENESS_HOME": folder.path("home")])
        }
        let enroll = ["enroll", "--store", folder.path("people.sqlite"), "Ada", portrait("obama.jpg")]
        let enrolled = try run(enroll)
        #expect(enrolled.status == 0 && enrolled.errors.contains("'face-quality' is not installed"))
        let refused = try run(enroll + ["--least-quality", "0.5"])
        #expect(refused.status == 69 && refused.errors.contains("face-quality"))
        #expect(try run(["doctor"]).status == 69)
        let pictures = try prepare()
        let measured = try run(["evaluate", "quality", "--images", pictures.path("pictures"), "--threshold", "0.5"])
        #expect(measured.status == 69 && measured.errors.contains("no network for it is installed"))
    }

    @Test("Enrollment refuses a face that is hardly usable, and says why; --no-quality does not check it")
    func gate() throws {
        let folder = try TemporaryFolder()
        // A large face without detail, as from a camera far away.
        let portrait = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        try portrait.resized(width: portrait.width / 28, height: portrait.height / 28)
            .resized(width: portrait.width, height: portrait.height).write(to: folder.file("coarse.png"))
        func enroll(_ more: String...) throws -> Command.Outcome { try enroll(more) }
        func enroll(_ more: [String]) throws -> Command.Outcome {
            try Command.run(
                [
                    "enroll", "--store", folder.path("people.sqlite"), "Ada",
                    folder.path("coarse.png"), "--format", "json", "--quiet",
                ] + more,
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
        }
        func kinds(_ outcome: Command.Outcome) throws -> [String] {
            try JSON.objects(outcome.json()).flatMap { record in
                try (record["issues"].map { try JSON.objects($0) } ?? []).compactMap { $0["kind"] as? String }
            }
        }
        #expect(try kinds(enroll()).contains("low_quality"))
        #expect(try !kinds(enroll("--no-quality")).contains("low_quality"))
        #expect(try !kinds(enroll("--least-quality", "0")).contains("low_quality"))
        for wrong in [["--least-quality", "1.1"], ["--least-quality", "0.5", "--gate", "off"]] {
            #expect(try enroll(wrong).status == 64)
        }
        #expect(try enroll(["--least-quality", "0.5", "--no-quality"]).status == 64)
    }
}
