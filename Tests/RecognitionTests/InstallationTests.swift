import Faces
import Foundation
import LikenessSupport
import Recognition
import TestSupport
import Testing

@Suite("The location of the engine and the models")
struct InstallationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.file("home/setup.json", Data("{}".utf8))
        try folder.file("home/models/broken/card.json", Data("{\"name\": 1}".utf8))
        try folder.file("home/models/cardless/model.onnx")
    }

    private func locate(_ home: String) throws -> Installation {
        try Installation.locate(environment: ["LIKENESS_HOME": home])
    }

    @Test("If LIKENESS_HOME is set, only it is searched, and it must be an installation")
    func home() throws {
        #expect(try locate(folder.path("home")).root.path == folder.path("home"))
        #expect {
            try locate(folder.path("other"))
        } throws: { error in
            guard case .notInstalled(let searched) = error as? RecognitionError else { return false }
            return searched.count == 1 && searched[0].hasPrefix(folder.path("other"))
        }
    }

    @Test(
        "Otherwise the folders above the program are searched, first the .deps in each; an empty value counts as unset",
        .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
    func besideTheProgram() throws {
        let found = try Installation.locate(environment: [:])
        #expect(found.root.lastPathComponent == ".deps")
        #expect(try locate("") == found)
        #expect(try found.card("sface").dimension == 128)
        #expect(try found.models().map(\.name).contains("yunet"))
        #expect(FileManager.default.fileExists(atPath: found.engineDirectory.path))
    }

    @Test("The training engine is at LIKENESS_TRAINING_ENGINE, otherwise in the installation")
    func trainingEngine() throws {
        let home = ["LIKENESS_HOME": folder.path("home")]
        let file = folder.path("home/torch/lib/liblikeness_torch.so")
        #expect(try Installation.locateTrainingEngine(environment: home).path == file)
        #expect(try locate(folder.path("home")).trainingEngine.path == file)
        for elsewhere in [home, ["LIKENESS_HOME": folder.path("other")]] {
            let environment = elsewhere.merging(["LIKENESS_TRAINING_ENGINE": "/elsewhere/shim.so"]) { $1 }
            #expect(try Installation.locateTrainingEngine(environment: environment).path == "/elsewhere/shim.so")
        }
        #expect(throws: RecognitionError.self) {
            try Installation.locateTrainingEngine(environment: ["LIKENESS_HOME": folder.path("other")])
        }
    }

    @Test("An invalid card, a missing model, and a name that is a path")
    func cards() throws {
        let home = try locate(folder.path("home"))
        #expect(throws: RecognitionError.unknownModel("sface", known: ["broken"])) {
            try home.card("sface")
        }
        #expect(throws: RecognitionError.unknownModel("../models/broken", known: ["broken"])) {
            try home.card("../models/broken")
        }
        let models = try home.models()
        #expect(models.map(\.name) == ["broken"])
        #expect {
            _ = try models.first?.card.get()
        } throws: { error in
            guard case .unreadableCard(let path, let reason) = error as? RecognitionError else { return false }
            return path.hasSuffix("models/broken/card.json") && reason == "the field name is not a string"
        }
    }

    /// The card in CONTRIBUTING.md, as JSON text.
    private func documentedCard() throws -> String {
        let guide = try String(contentsOf: Fixtures.root.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
        let parts = guide.components(separatedBy: "<!-- model card -->\n\n```json\n")
        return try #require(parts.last?.components(separatedBy: "```").first)
    }

    @Test("The card in the contributor's guide is valid")
    func documented() throws {
        let text = try documentedCard()
        try folder.file("home/models/my-net/card.json", Data(text.utf8))
        let card = try locate(folder.path("home")).card("my-net")
        #expect(card.dimension == 512 && card.license == "MIT")
        // The JSON has the British spelling in both directions.
        let written = String(decoding: try JSONEncoder().encode(card), as: UTF8.self)
        #expect(written.contains("\"licence\":\"MIT\"") && written.contains("\"licenceNote\":"))
    }

    @Test(
        "A card that contradicts itself or its folder is refused",
        arguments: [
            ("\"my-net\"", "\"other\"", "its name is 'other'"), ("\"1\"", "\"\"", "version"),
            ("model.onnx", "../yunet/model.onnx", "not that of a file"), ("model.onnx", "..", "not that of a file"),
            ("4c06341c", "4C06341C", "sha256"), ("4c06341c", "", "sha256"), ("174383860", "-1", "-1 bytes"),
            ("\"dimension\": 512", "\"dimension\": -1", "dimension is -1"),
            ("\"dimension\": 512", "\"dimension\": 99999999", "dimension is 99999999"),
            ("[0.0078125, ", "[0, ", "absolute value of a scale"), ("[0.0078125, ", "[1e38, ", "absolute value"),
            ("[127.5, ", "[1e30, ", "mean"),
        ])
    func contradictions(old: String, new: String, problem: String) throws {
        let text = try documentedCard()
        try #require(text.contains(old))
        try folder.file("home/models/my-net/card.json", Data(text.replacing(old, with: new, maxReplacements: 1).utf8))
        let home = try locate(folder.path("home"))
        #expect {
            try home.card("my-net")
        } throws: { error in
            guard case .unreadableCard(_, let reason) = error as? RecognitionError else { return false }
            return reason.contains(problem) && "\(error)".contains(ModelCard.remedy)
        }
        #expect(throws: Never.self) { try home.models() }
    }

    @Test("A card that is no readable file is an error, and the other models are still listed")
    func noFile() async throws {
        let card = folder.url.appending(path: "home/models/odd/card.json")
        let files = FileManager.default
        try folder.file("home/models/my-net/card.json", Data(try documentedCard().utf8))
        try files.createDirectory(at: card.deletingLastPathComponent(), withIntermediateDirectories: true)
        let home = try locate(folder.path("home"))
        for kind in ["a folder", "a pipe", "a device", "a link to nothing", "empty"] {
            switch kind {
            case "a folder": try files.createDirectory(at: card, withIntermediateDirectories: false)
            case "a pipe": #expect(mkfifo(card.path, 0o600) == 0)
            case "a device": try files.createSymbolicLink(atPath: card.path, withDestinationPath: "/dev/zero")
            case "a link to nothing": try files.createSymbolicLink(atPath: card.path, withDestinationPath: "nothing")
            default: try Data().write(to: card)
            }
            #expect("\(kind)") {
                try home.card("odd")
            } throws: { error in
                guard case .unreadableCard = error as? RecognitionError else { return false }
                return true
            }
            #expect(try home.models().map(\.name) == ["broken", "my-net", "odd"], "\(kind)")
            #expect(throws: RecognitionError.unknownModel("x", known: ["broken", "my-net", "odd"]), "\(kind)") {
                try home.card("x", for: .embedding)
            }
            #expect(await !Diagnosis(environment: ["LIKENESS_HOME": home.root.path]).passed)
            try files.removeItem(at: card)
        }
    }

    @Test("Weights that are a pipe or a folder don't hold up the diagnosis")
    func oddWeights() async throws {
        try folder.file("home/models/my-net/card.json", Data(try documentedCard().utf8))
        let weights = folder.url.appending(path: "home/models/my-net/model.onnx")
        #expect(mkfifo(weights.path, 0o600) == 0)
        let diagnosis = await Diagnosis(environment: ["LIKENESS_HOME": folder.path("home")])
        let check = try #require(diagnosis.checks.first { $0.name == "weights my-net/model.onnx" })
        #expect(!check.passed)
    }

    @Test("If a model is missing, the error lists those for the same task")
    func tasks() throws {
        try FileManager.default.removeItem(at: folder.url.appending(path: "home/models/broken"))
        try folder.file("home/models/my-net/card.json", Data(try documentedCard().utf8))
        let home = try locate(folder.path("home"))
        #expect(throws: RecognitionError.unknownModel("sface", known: ["my-net"])) {
            try home.card("sface", for: .embedding)
        }
        #expect(throws: RecognitionError.unknownModel("gan", known: [])) { try home.card("gan", for: .translation) }
    }

    @Test("Diagnoses of a missing and of an incomplete installation")
    func diagnosis() async throws {
        let nothing = await Diagnosis(environment: ["LIKENESS_HOME": folder.path("other")])
        #expect(!nothing.passed && nothing.checks.map(\.name) == ["installation"])
        try FileManager.default.removeItem(at: folder.url.appending(path: "home/models/broken"))
        let half = await Diagnosis(environment: ["LIKENESS_HOME": folder.path("home")])
        #expect(half.checks.filter(\.passed).map(\.name) == ["installation"])
        #expect(
            half.checks.filter { !$0.passed }.map(\.name)
                == [
                    "engine", "model yunet", "model likeness-light", "model sface", "model mask-classifier",
                    "model age-classifier", "model face-quality", "model retinaface-mobilenet025",
                    "model yunet-trained",
                ])
    }

    @Test("Without the terms of research weights, an installation is complete without these networks")
    func declinedTerms() async throws {
        try FileManager.default.removeItem(at: folder.url.appending(path: "home/models/broken"))
        for (answer, isComplete) in [("false", true), ("null", true), ("true", false)] {
            try folder.file("home/setup.json", Data("{\"research weights\": \(answer)}".utf8))
            #expect(try locate(folder.path("home")).acceptsResearchWeights == !isComplete)
            let found = await Diagnosis(environment: ["LIKENESS_HOME": folder.path("home")])
            for name in ["likeness-light", "mask-classifier", "age-classifier", "face-quality", "yunet-trained"] {
                let check = try #require(found.checks.first { $0.name == "model \(name)" })
                #expect(check.passed == isComplete)
                #expect(check.detail.contains("--accept-research-weights") == isComplete)
            }
            // The networks with other licenses are needed all the same.
            #expect(found.checks.first { $0.name == "model sface" }?.passed == false)
        }
    }

    @Test("Errors say what to do, and have distinct codes")
    func errors() {
        let all: [RecognitionError] = [
            .notInstalled(searched: ["a", "b"]), .unknownModel("x", known: []), .unreadableCard("c", reason: "r"),
            .wrongTask("yunet", expected: "embedding"), .damagedWeights("w", reason: "is missing"),
            .noFace, .severalFaces(3),
        ]
        #expect(Set(all.map(\.code)).count == all.count)
        for error in all { #expect(!error.description.isEmpty && !error.description.contains("\n")) }
        #expect(all[0].description.contains("scripts/setup"))
        #expect(all[6].description.contains("3 faces"))
    }
}
