import Foundation
import Pixels
import TestSupport
import Testing

@Suite("likeness enroll, identify, gallery", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct GalleryTests {
    /// The fields of an identified face.
    private static let identification: [String: JSON.Kind] = [
        "model": .text, "identity": .object, "similarity": .number, "margin": .number, "nearest": .object,
        "threshold": .number, "condition": .null,
    ]

    private func enroll(
        _ person: String, _ pictures: String..., in store: String, options: [String] = []
    ) throws -> Command.Outcome {
        try Command.run(
            ["enroll", "--store", store, person] + pictures + ["--threshold", threshold, "--format", "json"] + options,
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
    }

    private func identify(_ pictures: String..., in store: String, options: [String] = []) throws -> Command.Outcome {
        try Command.run(
            ["identify", "--store", store] + pictures + ["--threshold", threshold, "--format", "json"] + options,
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
    }

    @Test("Enroll two people, find them and nobody else, and manage them")
    func wholeWay() throws {
        let folder = try TemporaryFolder()
        let store = folder.path("people.sqlite")
        let first = try enroll(
            "Barack Obama", portrait("obama2.jpg"), portrait("obama3.jpg"), in: store,
            options: ["--metadata", "office=44", "--id", "bo"])
        try #require(first.status == 0, "\(first.errors)")
        let enrollments = try JSON.objects(first.json())
        var kinds: [String: JSON.Kind] = ["image": .text, "person": .object, "template": .number]
        if hasQualityNetwork { kinds["quality"] = .number }
        #expect(JSON.kinds(enrollments[0]) == kinds)
        #expect(
            try enrollments.map { try JSON.object($0["person"])["templates"] as? Double } == [1, 2],
            "each has been counted")
        #expect(try enroll("Joe Biden", portrait("biden.jpg"), in: store).status == 0)
        for name in try folder.names() { #expect(try folder.mode(name) == 0o600, "\(name)") }

        try folder.group("three.png", of: ["obama.jpg", "biden.jpg", "astronaut.png"])
        try folder.blank("blank.png")
        let found = try identify(
            folder.path("three.png"), folder.path("blank.png"), in: store,
            options: ["--annotate", folder.path("drawn")])
        try #require(found.status == 0, "\(found.errors)")
        #expect(found.errors.contains("2 people, 3 templates"))
        let records = try JSON.objects(found.json())
        #expect(try JSON.objects(records[1]["faces"]).isEmpty)
        let faces = try JSON.objects(records[0]["faces"])
        #expect(faces.count == 3)
        var names: [Double: String?] = [:]
        for var face in faces {
            for key in ["falseMatchRate", "probability", "remark"] {
                let value = try #require(face[key])
                face[key] = nil
                let kind = JSON.kind(of: value)
                #expect(
                    kind == .null || kind == (key == "remark" ? .text : .number),
                    "there even where the card does not say")
            }
            let isKnown = JSON.kind(of: try #require(face["identity"])) == .object
            try Contract.expect(
                face, with: Self.identification.merging(["identity": isKnown ? .object : .null]) { $1 })
            let nearest = try JSON.object(face["nearest"])
            #expect(JSON.kinds(nearest) == ["id": .text, "name": .text, "similarity": .number])
            let x = try #require(try JSON.object(face["box"])["x"] as? Double)
            names.updateValue(isKnown ? try JSON.object(face["identity"])["name"] as? String : nil, forKey: x)
        }
        #expect(names.sorted { $0.key < $1.key }.map(\.value) == ["Barack Obama", "Joe Biden", nil])
        #expect(try ImageHeader(contentsOf: folder.url.appending(path: "drawn/three.jpg")).format == .jpeg)

        let unknown = try identify(portrait("astronaut.png"), in: store, options: ["--quiet"])
        #expect(unknown.status == 1, "the answer is 'unknown'")
        #expect(unknown.errors.isEmpty)
        try lookAfter(store, in: folder)
    }

    /// Shows, exports, imports, renames and removes people.
    private func lookAfter(_ store: String, in folder: TemporaryFolder) throws {
        let list = try likeness("gallery", "list", "--store", store, "--format", "json")
        let gallery = try #require(try JSON.objects(list.json()).first)
        #expect(
            JSON.kinds(gallery) == [
                "gallery": .text, "model": .text, "dimension": .number, "people": .number, "templates": .number,
                "created": .text,
            ])
        #expect(gallery["people"] as? Double == 2 && gallery["templates"] as? Double == 3)

        let shown = try JSON.objects(likeness("gallery", "show", "--store", store, "bo", "--format", "json").json())
        try #require(shown.count == 1)
        #expect(
            JSON.kinds(shown[0]) == [
                "id": .text, "name": .text, "metadata": .object, "created": .text, "templates": .number,
            ])
        #expect(try JSON.object(shown[0]["metadata"])["office"] as? String == "44")

        let file = folder.path("export.jsonl")
        #expect(try likeness("gallery", "export", "--store", store, file).status == 0)
        #expect(try folder.mode("export.jsonl") == 0o600)
        #expect(try likeness("gallery", "import", "--store", store, file, "--as", "copy").status == 0)
        let taken = try likeness("gallery", "import", "--store", store, file, "--as", "copy")
        #expect(taken.status == 65 && taken.errors.contains("'copy'") && taken.errors.contains("--as"))
        #expect(
            try likeness("gallery", "rename", "--store", store, "--gallery", "copy", "Joe Biden", "--to", "Joe").status
                == 0)
        #expect(try likeness("gallery", "remove", "--store", store, "--gallery", "copy", "bo").status == 0)
        let left = try likeness("gallery", "show", "--store", store, "--gallery", "copy", "--format", "csv")
        #expect(rows(left.output).map(\.[0]) == ["name", "Joe"])
        let found = try identify(
            portrait("biden.jpg"), portrait("obama.jpg"), in: store, options: ["--gallery", "copy"])
        #expect(found.status == 0)
        let faces = try JSON.objects(found.json()).flatMap { try JSON.objects($0["faces"]) }
        try #require(faces.count == 2)
        #expect(try JSON.object(faces[0]["identity"])["name"] as? String == "Joe")
        #expect(JSON.kind(of: try #require(faces[1]["identity"])) == .null)
        #expect(JSON.kind(of: try #require(faces[1]["margin"])) == .null, "there is no other person")
        #expect(try likeness("gallery", "remove", "--store", store, "--gallery", "copy", "--all").status == 0)
        #expect(try JSON.objects(likeness("gallery", "list", "--store", store, "--format", "json").json()).count == 1)
    }

    @Test("CSV has numbers for programs and the remark; a table's remarks are on the standard error")
    func remarks() throws {
        let folder = try TemporaryFolder()
        let store = folder.path("people.sqlite")
        #expect(try enroll("Barack Obama", portrait("obama2.jpg"), in: store).status == 0)
        func run(_ format: String) throws -> Command.Outcome {
            try likeness("identify", portrait("obama.jpg"), "--store", store, "--no-ages", "--format", format)
        }
        let table = try run("table"), csv = try run("csv")
        #expect(table.status == 0 && csv.status == 0, "\(csv.errors)")
        let remark = "it is not known whether the people are children"
        #expect(table.errors.contains("1 face: \(remark)") && !csv.errors.contains(remark))
        let lines = rows(csv.output)
        try #require(lines.count == 2 && lines[0].count == lines[1].count)
        let row = Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
        #expect(try #require(row["remark"]).contains(remark))
        #expect(row["identity"] == "Barack Obama" && row["false match rate"] == "0.001")
        let record = try JSON.object(try JSON.objects(JSON.objects(try run("json").json())[0]["faces"])[0])
        for key in ["similarity", "threshold", "probability"] {
            let number = try #require(record[key] as? Double)
            #expect(abs(try #require(row[key].flatMap(Double.init)) - number) < 1e-6, "\(key)")
        }
    }

    @Test("A name that is not UTF-8 is refused, because it could not be typed again")
    func strangeNames() throws {
        let folder = try TemporaryFolder()
        let outcome = try shell(
            "\"$LIKENESS\" enroll --store people.sqlite $'bad\\xff' \(portrait("obama.jpg")); ls", in: folder)
        #expect(outcome.errors.contains("the person's name is not UTF-8: bad\\xFF") && outcome.output.isEmpty)
    }

    @Test("Galleries of one person and of nobody are described in the right words")
    func fewPeople() throws {
        let folder = try TemporaryFolder()
        let store = folder.path("people.sqlite")
        #expect(try enroll("Barack Obama", portrait("obama2.jpg"), in: store).status == 0)
        #expect(try identify(portrait("obama3.jpg"), in: store).errors.contains("1 person, 1 template;"))
        #expect(try likeness("gallery", "remove", "--store", store, "Barack Obama").status == 0)
        let nobody = try identify(portrait("obama3.jpg"), in: store)
        #expect(nobody.status == 1 && nobody.errors.contains("gallery 'people' is empty"), "\(nobody.errors)")
    }

    @Test("The gate refuses with all its reasons; several faces are refused unless one is selected")
    func gate() throws {
        let folder = try TemporaryFolder()
        let store = folder.path("people.sqlite")
        let tiny = try folder.small("obama.jpg", as: "tiny.png", height: 64)
        try folder.group("two.png", of: ["obama.jpg", "biden.jpg"])
        try folder.blank("blank.png")
        #expect(try enroll("Somebody Else", portrait("obama2.jpg"), in: store).status == 0)
        let outcome = try enroll(
            "Barack Obama", tiny.path, folder.path("two.png"), folder.path("blank.png"), folder.path("missing.jpg"),
            in: store)
        #expect(outcome.status == 3)
        let records = try JSON.objects(outcome.json())
        try #require(records.count == 4)
        let issues = try records.map { record in
            record["issues"] == nil ? [] : try JSON.objects(record["issues"]).compactMap { $0["kind"] as? String }
        }
        #expect(Set(issues[0]).isSuperset(of: ["too_small", "other_person"]), "\(issues[0])")
        #expect(issues[1].contains("several_faces"))
        #expect(issues[2] == ["no_face"])
        #expect(issues[3].isEmpty)
        var kinds: [String: JSON.Kind] = ["image": .text, "error": .object, "issues": .array]
        if hasQualityNetwork { kinds["quality"] = .number }
        #expect(JSON.kinds(records[0]) == kinds)
        let issue = try #require(try JSON.objects(records[0]["issues"]).first)
        #expect(JSON.kinds(issue) == ["kind": .text, "measured": .number, "limit": .number])
        let codes = try records.map { try JSON.object($0["error"])["code"] as? String }
        #expect(codes == ["enrollment_refused", "enrollment_refused", "face_not_found", "file_not_found"])

        let off = try enroll("Barack Obama", folder.path("two.png"), in: store, options: ["--gate", "off"])
        #expect(off.status == 65, "one picture alone gives its own status")
        let chosen = try enroll(
            "Barack Obama", folder.path("two.png"), in: store, options: ["--gate", "off", "--face", "largest"])
        #expect(chosen.status == 0, "\(chosen.errors)")
    }

    @Test("Missing stores, galleries and people, and files that are not stores")
    func missing() throws {
        let folder = try TemporaryFolder()
        try folder.file("text.sqlite", Data("this is no store at all".utf8))
        let cases: [(arguments: [String], status: Int32)] = [
            (["gallery", "list", "--store", folder.path("none.sqlite")], 66),
            (["gallery", "list", "--store", folder.path("text.sqlite")], 65),
            (["gallery", "import", "--store", folder.path("new.sqlite"), folder.path("none.jsonl")], 66),
            (["gallery", "remove", "--store", folder.path("new.sqlite")], 64),
            (["gallery", "show", "--store", folder.path("new.sqlite"), "--gallery", "staff"], 66),
            (["identify", "--store", folder.path("none.sqlite"), portrait("obama.jpg")], 66),
        ]
        for (arguments, status) in cases {
            let outcome = try Command.run(arguments, environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
            #expect(outcome.status == status, "\(arguments.prefix(2)): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
            #expect(!outcome.errors.isEmpty)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("none.sqlite")), "looking makes no store")
    }
}
