import Foundation
import TestSupport
import Testing

@Suite("likeness doctor, models", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct InstallationTests {
    @Test("A complete installation")
    func whole() throws {
        let outcome = try likeness("doctor", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.output)")
        let checks = try JSON.objects(JSON.object(outcome.json())["checks"])
        #expect(JSON.kinds(checks[0]) == ["name": .text, "passed": .boolean, "detail": .text])
        #expect(checks.allSatisfy { $0["passed"] as? Bool == true })
        let names = checks.compactMap { $0["name"] as? String }
        #expect(Set(names).isSuperset(of: ["installation", "engine", "weights sface/model.onnx"]))
    }

    @Test("A damaged training engine is a fault, a missing one is not")
    func trainingEngine() throws {
        let folder = try TemporaryFolder()
        try folder.file("broken.so", Data("no library".utf8))
        func seen(_ name: String) throws -> (status: Int32, row: [String]?) {
            let environment = ["LIKENESS_TRAINING_ENGINE": folder.path(name)]
            let outcome = try likeness("doctor", "--format", "csv", environment: environment)
            return (outcome.status, rows(outcome.output).first { $0[1] == "training engine" })
        }
        let (broken, missing) = (try seen("broken.so"), try seen("missing.so"))
        #expect(broken.status == 69 && broken.row?[0] == "false")
        #expect(missing.status == 0 && missing.row?[0] == "true")
        #expect(missing.row?[2].contains("scripts/setup --training") == true)
    }

    @Test("One changed byte of the weights is found, and so are missing weights and a missing model")
    func damaged() throws {
        let folder = try TemporaryFolder()
        try folder.file("setup.json", Data("{}".utf8))
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "openvino"),
            withDestinationURL: Fixtures.dependencies.appending(path: "openvino"))
        try Fixtures.linkHelperModels(in: folder)
        for name in ["yunet", "sface", "mtcnn"] {
            try folder.copy(Fixtures.model(name, "card.json"), to: "models/\(name)/card.json")
        }
        try folder.copy(Fixtures.model("sface"), to: "models/sface/model.onnx")
        var weights = try Data(contentsOf: Fixtures.model("yunet"))
        weights[weights.count / 2] ^= 1
        try folder.file("models/yunet/model.onnx", weights)
        let environment = ["LIKENESS_HOME": folder.url.path]
        let outcome = try likeness("doctor", "--format", "csv", environment: environment)
        #expect(outcome.status == 69)
        let table = rows(outcome.output)
        #expect(table.first == ["passed", "name", "detail"])
        let failed = Set(table.filter { $0[0] == "false" }.map { $0[1] })
        #expect(
            failed == [
                "weights yunet/model.onnx", "weights mtcnn/pnet.onnx", "weights mtcnn/rnet.onnx",
                "weights mtcnn/onet.onnx",
            ])
        #expect(table.contains { $0[0] == "true" && $0[1] == "weights sface/model.onnx" })

        try folder.file("models/yunet/model.onnx", weights.dropLast())
        let detect = try likeness("detect", portrait("obama.jpg"), environment: environment)
        #expect(detect.status == 69, "a shorter file is found at every start")
        #expect(detect.errors.contains("scripts/setup"))
        try FileManager.default.removeItem(at: folder.url.appending(path: "models/yunet"))
        let missing = try likeness("doctor", environment: environment)
        #expect(missing.status == 69)
        #expect(missing.output.contains("model yunet"))
        // Without it, two children would be treated as adults.
        try FileManager.default.removeItem(at: folder.url.appending(path: "models/age-classifier"))
        let ageless = try likeness("doctor", environment: environment)
        #expect(ageless.status == 69 && ageless.output.contains("model age-classifier"))
    }

    @Test("doctor says so if a network that the gate needs has the card of another task, or one of another size")
    func wrongHelpers() throws {
        let folder = try TemporaryFolder()
        try folder.file("setup.json", Data("{}".utf8))
        let card = try String(contentsOf: Fixtures.model("face-quality", "card.json"), encoding: .utf8)
        try folder.file("models/face-quality/model.onnx", Data(contentsOf: Fixtures.model("face-quality")))
        for (old, new, problem) in [
            ("qualityEstimation", "maskClassification", "its task is maskClassification"),
            ("\"width\": 112", "\"width\": 96", "size of its template"),
            ("arcface-112", "box-160-0.0", "size of its template"),
        ] {
            try #require(card.contains(old))
            try folder.file("models/face-quality/card.json", Data(card.replacing(old, with: new).utf8))
            let doctor = try likeness("doctor", environment: ["LIKENESS_HOME": folder.url.path])
            #expect(doctor.status == 69 && doctor.output.contains(problem), "\(doctor.output)")
        }
    }

    @Test("Without an installation: status 69, and what to run")
    func nothingInstalled() throws {
        let folder = try TemporaryFolder()
        let environment = ["LIKENESS_HOME": folder.url.path]
        let commands = [
            ["detect", portrait("obama.jpg")], ["verify", portrait("obama.jpg"), portrait("biden.jpg")],
            ["models", "list"], ["doctor"],
        ]
        for command in commands {
            let outcome = try Command.run(command, environment: environment)
            #expect(outcome.status == 69, "\(command)")
            #expect((outcome.errors + outcome.output).contains("scripts/setup"))
        }
    }

    @Test("The cards of the installed models")
    func models() throws {
        let list = try JSON.objects(likeness("models", "list", "--format", "json").json())
        let names = list.compactMap { $0["name"] as? String }
        #expect(Set(names).isSuperset(of: ["facenet-128", "sface", "yunet"]))
        let card = try JSON.object(likeness("models", "show", "sface", "--format", "json").json())
        #expect(card["dimension"] as? Double == 128)
        #expect(card["template"] as? String == "arcface-112")
        let text = try likeness("models", "show", "facenet-128")
        #expect(text.status == 0)
        #expect(text.output.contains("unverified"), "whose weights these are is said")
        #expect(try likeness("models", "show", "nobody").status == 69)
    }
}
