import Datasets
import Faces
import Foundation
import Inference
import LikenessSupport
import Tensors
import TestSupport
import Testing
import Training

@testable import FaceTraining

@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct ExtractorFusionTaskTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        _ = try DrawnArchive.pack(in: folder.url, people: 40)
    }

    /// Writes a model with 256 numbers per face: the sum of the pixels in squares of 14 pixels, and in shifted ones.
    private func extractors() throws -> URL {
        let place = folder.url.appending(path: "extractors")
        let sface = Fixtures.model("sface").deletingLastPathComponent()
        var card = try JSONDecoder().decode(
            ModelCard.self, from: Data(contentsOf: sface.appending(path: "card.json")))
        let store = ParameterStore(seed: 3)
        let layer = try Conv2d(store.root["layer"], in: 3, out: 4, kernel: 14, stride: 14)
        let graph = ONNXGraph(inputs: [("input", [1, 3, 112, 112])], outputs: ["embedding"], parameters: store) {
            [layer($0[0]).joined(1...3)]
        }
        let data = graph.serialized(name: "extractors")
        (card.name, card.dimension) = ("extractors", 256)
        card.input.name = "input"
        card.outputs = [ModelCard.Output(name: "embedding", shape: [nil, 256])]
        card.weights = [
            ModelCard.Weights(
                file: "model.onnx", sha256: try SHA256(of: data).hexadecimal, bytes: data.count,
                precisions: ["f32", "bf16"])
        ]
        (card.calibration, card.adaptiveThresholds, card.probability) = (nil, nil, nil)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try data.write(to: place.appending(path: "model.onnx"))
        try JSONEncoder().encode(card).write(to: place.appending(path: "card.json"))
        return place
    }

    private func run(_ settings: String, in name: String) async throws -> RunSummary {
        let file = """
            {"task": "extractor-fusion", "epochs": 1, "batch": 16, "threads": 1,
             "schedule": {"kind": "constant", "rate": 0.01},
             "validation": {"everyEpochs": 1, "measure": "meanTAR"},
             "settings": {"archive": "\(folder.path("faces"))", "cache": "\(folder.path("features"))",
                          "extractors": "\(try extractors().path)", "engine": "\(Fixtures.engine.path)",
                          "heldOut": 0.3, "stepsPerEpoch": 12, "rowsPerPerson": 2\(settings)}}
            """
        return try await TrainingRun(
            Data(file.utf8), tasks: TaskRegistry.tasks, folder: folder.url.appending(path: name)
        ).run(.afresh, observe: { _, _ in }, shouldStop: { false })
    }

    @Test(
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)),
        arguments: ["", #", "form": "crossAttention""#, #", "isWeighted": false, "learnsProjection": true"#])
    func aRunEndsInAFusion(settings: String) async throws {
        let summary = try await run(settings, in: "run")
        #expect(Set(summary.measures.keys).isSuperset(of: ["plain", "masked", "small", "unseen", "meanTAR"]))
        #expect(summary.measures.values.allSatisfy { (0...1).contains($0.mean) })
        let file = folder.url.appending(path: "run/seed-1/fusion.onnx")
        let outputs = try await EngineExecutor.run {
            let network = try Network(
                engine: Engine(libraryDirectory: Fixtures.engine), contentsOf: file,
                configuration: NetworkConfiguration())
            return try network.run([
                Inference.Tensor(shape: [1, 256], values: (0..<256).map { Float($0) - 100 }),
                Inference.Tensor(shape: [1, 12], values: [Float](repeating: 0.5, count: 12)),
            ])
        }
        #expect(outputs[0].shape == [1, 128] && outputs[0].values.allSatisfy { $0.isFinite })
        // The second run reads the features.
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path("features"))
        #expect(kept.count == 1)
        #expect(try await run(settings, in: "again").measures.keys.count == summary.measures.keys.count)
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func strangersTakePartInTheMeansAndTheirCenteringIsWritten() async throws {
        let others = try TestSupport.TemporaryFolder()
        _ = try DrawnArchive.pack(in: others.url, people: 12, named: false)
        let settings = #", "unlabelled": "\#(others.path("faces"))", "clusters": 4"#
        _ = try await run(settings, in: "run")
        let file = folder.url.appending(path: "run/seed-1/centering.onnx")
        let output = try await EngineExecutor.run {
            let network = try Network(
                engine: Engine(libraryDirectory: Fixtures.engine), contentsOf: file, inputShapes: [[1, 128]],
                configuration: NetworkConfiguration(precision: .exactly(.f32)))
            return try network.run([Inference.Tensor(shape: [1, 128], values: (0..<128).map { Float($0) - 60 })])[0]
        }
        let length = output.values.reduce(0) { $0 + $1 * $1 }
        #expect(output.shape == [1, 128] && abs(length - 1) < 1e-4)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("features")).count == 2)
        // Fewer clusters, or no strangers: another centering.
        _ = try await run("", in: "plain")
        let plain = folder.url.appending(path: "plain/seed-1/centering.onnx")
        #expect(try Data(contentsOf: plain).count < Data(contentsOf: file).count)
    }

    @Test(
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)),
        arguments: [
            #", "form": "elsewhere""#, #", "copies": -1"#, #", "impostorWeight": 0"#, #", "hidden": 2"#,
            #", "picturesPerPerson": 1"#, #", "relations": -1"#, #", "clusters": 0"#, #", "sharpness": -1"#,
        ])
    func wrongSettingsAreNamed(_ settings: String) async throws {
        let error = await #expect(throws: ConfigurationError.self) { try await run(settings, in: "run") }
        #expect(error?.description.contains("settings.") == true)
    }
}
