import Foundation
import Pixels
import TestSupport
import Testing

@Suite("Pictures that the gate refuses", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct GateTests {
    /// Returns the path of a picture that was once wrongly enrolled or detected.
    private func pictureCase(_ name: String) -> String {
        Fixtures.root.appending(path: "Tests/CommandTests/Cases/\(name)").path
    }

    private func enroll(_ person: String, _ pictures: [String], in store: String, _ options: [String] = []) throws
        -> Command.Outcome
    {
        try Command.run(
            ["enroll", "--store", store, person] + pictures + ["--format", "json", "--quiet"] + options,
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
    }

    /// Returns the kinds of the gate's issues for each picture; empty if it was enrolled.
    private func issues(
        _ person: String, _ pictures: [String], in store: String, _ options: [String] = []
    ) throws -> [[String]] {
        let outcome = try enroll(person, pictures, in: store, options)
        return try JSON.objects(outcome.json()).map { record in
            guard let issues = record["issues"] else {
                #expect(record["person"] != nil, "\(record)")
                return []
            }
            return try JSON.objects(issues).compactMap { $0["kind"] as? String }
        }
    }

    @Test("An object")
    func notAFace() throws {
        let folder = try TemporaryFolder()
        let object = try issues("Cup", [pictureCase("object-taken-for-a-face.png")], in: folder.path("a.sqlite"))
        #expect(object.count == 1 && object[0].contains { $0 == "doubtful" || $0 == "no_face" })
    }

    @Test("A face whose eyes are above the top of the picture")
    func cutOff() throws {
        let folder = try TemporaryFolder()
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let found = try JSON.objects(
            Command.run(
                ["detect", portrait("obama.jpg"), "--format", "json", "--quiet"],
                environment: ["LIKENESS_HOME": Fixtures.dependencies.path]
            ).json())
        let face = try #require(try JSON.objects(found[0]["faces"]).first)
        let landmarks = try JSON.object(face["landmarks"])
        let left = try JSON.object(landmarks["leftEye"]), right = try JSON.object(landmarks["rightEye"])
        let eyes = try #require(left["y"] as? Double)
        let apart = try #require(right["x"] as? Double) - (try #require(left["x"] as? Double))
        var refused = 0
        for part in [0.05, 0.1, 0.15, 0.2] {
            let file = try folder.file("cut\(part).png")
            try image.padded(top: -Int(eyes + part * apart)).write(to: file)
            let kinds = try issues("Barack", [file.path], in: folder.path("a.sqlite"))[0]
            #expect(kinds.contains("cut_off") || kinds == ["no_face"], "\(part): \(kinds)")
            refused += kinds.contains("cut_off") ? 1 : 0
        }
        #expect(refused > 0)
        // Hair that is cut off does no harm.
        let file = try folder.file("hair.png")
        try image.padded(top: -Int(eyes - apart)).write(to: file)
        #expect(try issues("Barack", [file.path], in: folder.path("a.sqlite")) == [[]])
    }

    @Test("A face that fills its picture: the area beyond the border does not count as a dark part of the face")
    func tightCrop() throws {
        let folder = try TemporaryFolder()
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let found = try JSON.objects(
            likeness("detect", portrait("obama.jpg"), "--format", "json", "--face", "largest").json())
        let box = try JSON.object(try #require(try JSON.objects(found[0]["faces"]).first)["box"])
        func number(_ name: String) throws -> Float { Float(try #require(box[name] as? Double)) }
        let (x, y, width, height) = (try number("x"), try number("y"), try number("width"), try number("height"))
        let tight = image.cropped(
            to: Box(x: x + 0.05 * width, y: y + 0.15 * height, width: 0.9 * width, height: 0.8 * height))
        let file = try folder.file("tight.png")
        try tight.write(to: file)
        let context = try JSON.object(
            try #require(
                try JSON.objects(
                    JSON.objects(likeness("detect", file.path, "--format", "json").json())[0]["faces"]
                ).first)["context"])
        let underexposed = try #require(context["underexposed"] as? Double)
        #expect(underexposed > 0.3, "black beyond the border: \(underexposed)")
        let kinds = try issues("Barack", [file.path], in: folder.path("a.sqlite"), ["--gate", "strict"])
        #expect(kinds.count == 1 && !kinds[0].contains("underexposed") && !kinds[0].contains("too_dark"), "\(kinds)")
        // A dark face is still refused.
        let dark = try folder.file("dark.png")
        try Image(width: image.width, height: image.height, pixels: image.pixels.map { $0 / 14 }).write(to: dark)
        let refused = try issues("Barack", [dark.path], in: folder.path("b.sqlite"))
        #expect(refused[0].contains("underexposed") && refused[0].contains("too_dark"), "\(refused)")
    }

    @Test("A picture with several faces: the reason names --face")
    func severalFaces() throws {
        let folder = try TemporaryFolder()
        let group = try folder.group("two.png", of: ["obama.jpg", "biden.jpg"])
        for gate in ["standard", "off"] {
            let outcome = try enroll("Two", [group.path], in: folder.path("a.sqlite"), ["--gate", gate])
            #expect(outcome.status == 65 && outcome.output.contains("--face largest"), "\(outcome.output)")
        }
    }

    @Test("A stranger under a person's name, in one call and in another", arguments: ["standard", "strict"])
    func stranger(gate: String) throws {
        let folder = try TemporaryFolder()
        let store = folder.path("a.sqlite"), gate = ["--gate", gate]
        let both = try issues("Barack", [portrait("obama.jpg"), portrait("astronaut.png")], in: store, gate)
        #expect(both.count == 2 && both[0].isEmpty && both[1].contains("unlike_person"), "\(both)")
        #expect(try issues("Barack", [portrait("biden.jpg")], in: store, gate)[0].contains("unlike_person"))
        #expect(try !issues("Barack", [portrait("obama2.jpg")], in: store, gate)[0].contains("unlike_person"))
        #expect(try issues("Barack", [portrait("astronaut.png")], in: store, ["--gate", "off"]) == [[]])
    }

    @Test("--least-confidence sets the smallest confidence of the detector")
    func leastConfidence() throws {
        let folder = try TemporaryFolder()
        let store = folder.path("a.sqlite"), picture = [portrait("obama.jpg")]
        #expect(try issues("Barack", picture, in: store, ["--least-confidence", "0.999"]) == [["uncertain"]])
        #expect(try issues("Barack", picture, in: store, ["--least-confidence", "0.5"]) == [[]])
        for options in [["--least-confidence", "1.5"], ["--least-confidence", "0.9", "--gate", "off"]] {
            #expect(try enroll("Barack", picture, in: store, options).status == 64)
        }
    }

    @Test(
        "A single face is found once, and a picture without a face is not a failure",
        arguments: ["yunet", "mtcnn", "retinaface"])
    func detected(detector: String) throws {
        let folder = try TemporaryFolder()
        let gray = try folder.file("gray.png")
        try Image(width: 641, height: 361, color: Color(red: 128, green: 128, blue: 128)).write(to: gray)
        let outcome = try Command.run(
            [
                "detect", gray.path, pictureCase("one-face-found-twice.jpg"), pictureCase("face-fills-the-frame.jpg"),
                "--detector", detector, "--format", "json", "--quiet",
            ], environment: ["LIKENESS_HOME": Fixtures.dependencies.path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let counts = try JSON.objects(outcome.json()).map { try JSON.objects($0["faces"]).count }
        #expect(counts == [0, 1, 1])
    }
}
