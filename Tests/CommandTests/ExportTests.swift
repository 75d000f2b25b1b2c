import Foundation
import TestSupport
import Testing

@Suite("likeness export", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct ExportTests {
    /// Creates an installation of links, to which a model can be added.
    private func home(_ folder: TemporaryFolder) throws -> [String: String] {
        let manager = FileManager.default
        try manager.createDirectory(
            at: folder.url.appending(path: "home/models"), withIntermediateDirectories: true)
        let models = Fixtures.helperModels + ["yunet", "sface", "facenet-128"]
        for name in ["openvino", "torch", "setup.json"] + models.map({ "models/\($0)" }) {
            try manager.createSymbolicLink(
                at: folder.url.appending(path: "home/\(name)"),
                withDestinationURL: Fixtures.dependencies.appending(path: name))
        }
        return ["LIKENESS_HOME": folder.path("home")]
    }

    @Test(
        "Int8 with calibration: the card has this precision, the command runs in it and reports it; others are refused",
        .enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
    func int8() throws {
        let folder = try TemporaryFolder()
        let environment = try home(folder)
        let names = ["obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg", "obama_partial_face.jpg"]
        for name in names { try folder.copy(Fixtures.portrait(name), to: "in/\(name)") }
        let packed = try likeness("pack", "--unlabelled", folder.path("in"), "--to", folder.path("faces"), "--quiet")
        #expect(packed.status == 0, "\(packed.errors)")
        func export(_ faces: String) throws -> Command.Outcome {
            try likeness(
                "export", "--model", "facenet-128", "--name", "facenet-int8", "--to", folder.path("home/models"),
                "--int8",
                "--calibration", folder.path("faces"), "--calibration-faces", faces, "--check", portrait("biden.jpg"),
                "--format", "json", environment: environment)
        }
        let tooMany = try export("5")
        #expect(tooMany.status == 65 && tooMany.errors.contains("4 faces of four fifths"))
        let exported = try export("4")
        #expect(exported.status == 0, "\(exported.errors)\(exported.output)")
        let record = try JSON.object(exported.json())
        #expect(record["quantizedProducts"] as? Double == 133)
        let agreement = try #require(JSON.objects(record["agreements"]).first)
        #expect(agreement["precision"] as? String == "int8" && agreement["faces"] as? Double == 2)

        let shown = try JSON.object(
            likeness("models", "show", "facenet-int8", "--format", "json", environment: environment).json())
        let weights = try #require(JSON.objects(shown["weights"]).first)
        #expect((weights["precisions"] as? [any Sendable])?.compactMap { $0 as? String } == ["int8"])
        #expect(try #require(weights["bytes"] as? Double) < 24_000_000, "a quarter of float32")
        #expect(try JSON.object(shown["origin"])["text"] as? String != nil)
        let doctor = try likeness("doctor", environment: environment)
        #expect(doctor.status == 0 && doctor.output.contains("made for int8"))

        func verify(_ other: String, _ more: String...) throws -> Command.Outcome {
            try Command.run(
                [
                    "verify", portrait("obama.jpg"), portrait(other), "--model", "facenet-int8", "--threshold", "0.5",
                    "--format", "json",
                ] + more, environment: environment)
        }
        let same = try JSON.object(verify("obama2.jpg").json()), other = try JSON.object(verify("biden.jpg").json())
        #expect((same["precision"] as? String)?.hasSuffix("int8") == true)
        #expect(same["match"] as? Bool == true && other["match"] as? Bool == false)
        let exact = try verify("biden.jpg", "--precision", "f32")
        #expect(exact.status == 64 && exact.errors.contains("quantized"))
    }

    @Test(
        "Options that can't be combined are reported",
        arguments: [
            (["--int8"], "--calibration"), (["--calibration", "x"], "--int8"),
            (["--calibration-faces", "3"], "--int8"),
            (["--model", "sface", "--int8", "--calibration", "x"], "--run or --model"),
            (["--int8", "--calibration", "x", "--calibration-faces", "0"], "1 to 100000"),
            (["--int8", "--calibration", "x", "--without-trunk", "f"], "--without-trunk"),
            (["--int8", "--calibration", ""], "--calibration must not be empty"),
        ])
    func options(more: [String], text: String) throws {
        let outcome = try Command.run(["export", "--run", "r", "--name", "n", "--to", "t"] + more)
        #expect(outcome.status == 64 && outcome.errors.contains(text), "\(outcome.errors)")
    }

    @Test(
        "Names that later commands could misread are refused",
        arguments: [" ", "-x", "a\nb", "a@1", "../a", ".a", "a b"])
    func names(name: String) throws {
        let outcome = try Command.run(["export", "--run", "r", "--name=\(name)", "--to", "t"])
        #expect(outcome.status == 64 && outcome.errors.contains("--name must begin"), "\(outcome.errors)")
    }

    @Test(
        "Without a run, an installed model that embeds faces can be quantized, and nothing else",
        .enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
    func models() throws {
        let folder = try TemporaryFolder()
        let environment = try home(folder)
        let names = ["obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg", "obama_partial_face.jpg"]
        for name in names { try folder.copy(Fixtures.portrait(name), to: "in/\(name)") }
        let packed = try likeness("pack", "--unlabelled", folder.path("in"), "--to", folder.path("faces"), "--quiet")
        #expect(packed.status == 0, "\(packed.errors)")
        func export(_ model: String, _ name: String) throws -> Command.Outcome {
            try likeness(
                "export", "--model", model, "--name", name, "--to", folder.path("home/models"), "--int8",
                "--calibration", folder.path("faces"), "--calibration-faces", "1", "--format", "json",
                environment: environment)
        }
        // One face is too few for a good result, but enough for a model.
        let sface = try export("sface", "sface-int8")
        #expect([0, 1].contains(sface.status), "\(sface.errors)")
        #expect(try JSON.object(sface.json())["quantizedProducts"] as? Double == 28)
        // Neither the model nor the archive may be replaced.
        let itself = try export("sface-int8", "sface-int8")
        #expect(itself.status == 64 && itself.errors.contains("exists already"), "\(itself.errors)")
        let shown = try likeness("models", "show", "sface-int8", environment: environment)
        #expect(shown.output.contains("in 8-bit integers") && shown.output.contains("'likeness calibrate'"))
        #expect(shown.output.contains("ranges from 1 face."))
        let index = folder.path("faces/index.jsonl")
        let contents = try Data(contentsOf: URL(filePath: index))
        let archive = try likeness(
            "export", "--model", "sface", "--name", "y", "--to", folder.path("home/models"), "--int8", "--calibration",
            folder.path("faces"), "--calibration-faces", "1", "--output", index, environment: environment)
        #expect(archive.status == 64 && archive.errors.contains("overwritten"), "\(archive.errors)")
        #expect(try Data(contentsOf: URL(filePath: index)) == contents)
        let again = try export("sface-int8", "x")
        #expect(again.status == 65 && again.errors.contains("quantized already"), "\(again.errors)")
        // A failed export leaves nothing behind.
        let faceless = try likeness(
            "export", "--model", "sface", "--name", "y", "--to", folder.path("home/new/models"), "--int8",
            "--calibration", folder.path("faces"), "--calibration-faces", "9", environment: environment)
        #expect(faceless.status == 65 && !FileManager.default.fileExists(atPath: folder.path("home/new")))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path("home/models"))
        #expect(!left.contains { $0.contains("partial") || $0 == "x" || $0 == "y" }, "\(left)")
        let detector = try export("yunet", "x")
        #expect(detector.status != 0 && detector.errors.contains("yunet"), "\(detector.errors)")
        let nothing = try export("none", "x")
        #expect(nothing.status == 69 && nothing.errors.contains("none"), "\(nothing.errors)")
        let plain = try likeness("export", "--model", "facenet-128", "--name", "n", "--to", "t")
        #expect(plain.status == 64 && plain.errors.contains("--int8"))
    }
}
