import FaceNetworks
import Faces
import Foundation
import Inference
import Networks
import Pixels
import Tensors
import TestSupport
import Testing

@testable import FaceTraining

/// Tests the export of a run's output to a model for the product.
@Suite(
    .enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)),
    .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct DualScaleExportTests {
    private let folder: TemporaryFolder
    private let models = Fixtures.dependencies.appending(path: "models")

    init() throws { folder = try TemporaryFolder() }

    /// Returns a network in which every new part has an effect, written like a run's output.
    private func trained(maskedPath: Bool = false) throws -> TrainedFaceNetwork {
        var values = try TrainedFaceNetwork.pretrained(models: models)
        for (copy, original) in MaskedPath.originals where maskedPath { values[copy] = values[original] }
        let store = ParameterStore(values, seed: 4, new: { values[$0] == nil })
        var configuration = FaceNetworkConfiguration()
        configuration.dualScale = DualScaleConfiguration()
        configuration.maskedPath = maskedPath ? MaskedPathConfiguration() : nil
        _ = try FaceNetwork(store.root, configuration)
        for entry in store.entries where entry.name.hasPrefix("dualScale") && entry.name.hasSuffix("weight") {
            let isZero = entry.tensor.magnitude.max().scalar == 0
            if isZero { entry.tensor.copy(from: Tensors.Tensor.normal(deviation: 0.02, shape: entry.tensor.shape)) }
        }
        store.freeze { $0.hasPrefix("trunk.") || maskedPath && $0.hasPrefix("bottleneck.") }
        try TrainedFaceNetwork.write(store, configuration: configuration, in: folder.url) { _ in false }
        return try TrainedFaceNetwork(folder: folder.url, models: models)
    }

    private func face(_ template: AlignmentTemplate) throws -> AlignedFace {
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let (x, y) = (Float(image.width), Float(image.height))
        let points = [(0.4, 0.35), (0.6, 0.35), (0.5, 0.45), (0.42, 0.55), (0.58, 0.55)]
        let face = Face(
            box: Box(x: 0.3 * x, y: 0.2 * y, width: 0.4 * x, height: 0.5 * y), confidence: 1,
            landmarks: Landmarks(points: points.map { Point(x: Float($0.0) * x, y: Float($0.1) * y) }))
        return try face.aligned(in: image, to: template)
    }

    @Test func aSecondEndOfTheTrunkIsKeptInHalves() throws {
        // An untrained gate is undecided, so both branches are in the comparison.
        let network = try trained(maskedPath: true)
        #expect(
            network.borrowed["bottleneck.weight"] != nil && network.borrowed["trunk.block8.0.projection.weight"] != nil)
        let template = try #require(StageBuilder.card(models.appending(path: "facenet-128")).template)
        let export = try FaceNetworkExport(
            ExportedNetwork(network, trainingData: "nothing", models: models), name: "two-ways",
            engine: Fixtures.engine, faces: [face(template)], to: folder.url.appending(path: "two-ways"))
        #expect(!export.agreements.isEmpty && export.agreements.allSatisfy(\.holds))
        #expect(export.card.outputs.map(\.name) == ["embedding", "mask", "attention_fine", "attention_coarse"])
        #expect(export.card.architecture.hasSuffix("a masked branch"))
        // Without FaceNet-128's values, there are 14.9 million, most of them in two bytes.
        let own = folder.url.appending(path: "own.onnx")
        try FaceNetworkExport.writeWithoutTrunk(network, name: "two-ways", trainingData: "nothing", to: own)
        let count = network.parameters.entries.filter { network.borrowed[$0.name] == nil }.reduce(0) {
            $0 + $1.tensor.count
        }
        let size = try #require(try own.resourceValues(forKeys: [.fileSizeKey]).fileSize)
        #expect(count > 14_000_000 && size < 2 * count + 500_000, "\(count) values in \(size) bytes")
    }

    @Test func theMeanOfRunsIsANetworkAndOnlyOfLikeParts() throws {
        func write(_ name: String, seed: UInt64, heads: Bool = true) throws -> URL {
            let values = try TrainedFaceNetwork.pretrained(models: models)
            let store = ParameterStore(values, seed: seed, new: { values[$0] == nil })
            _ = try FaceNetwork(store.root, Self.configuration(heads: heads))
            store.freeze { $0.hasPrefix("trunk.") }
            let place = folder.url.appending(path: name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try TrainedFaceNetwork.write(store, configuration: Self.configuration(heads: heads), in: place) { _ in false
            }
            return place
        }
        let (one, two) = (try write("one", seed: 1), try write("two", seed: 2))
        let plain = try write("plain", seed: 1, heads: false)
        let mean = try TrainedFaceNetwork.mean(of: [one, two, two], parts: Self.configuration())
        let name = "dualScale.coarse.convolution.conv.weight"
        func value(_ folder: URL) throws -> Tensors.Tensor {
            try #require(SafeTensors(contentsOf: folder.appending(path: "network.safetensors")).tensors[name])
        }
        let expected = (try value(one) + value(two) * 2) / 3
        #expect(try #require(mean[name] as Tensors.Tensor?).shape == expected.shape)
        #expect((try #require(mean[name]) - expected).magnitude.max().scalar < 1e-6)
        #expect(try (value(one) - value(two)).magnitude.max().scalar > 1e-3)
        #expect(mean["trunk.stem.0.conv.weight"] == nil)
        #expect(try TrainedFaceNetwork.mean(of: [], parts: Self.configuration()).isEmpty)
        for folders in [[one, plain], [plain], [folder.url.appending(path: "nowhere")]] {
            #expect(throws: FaceTrainingError.self) {
                try TrainedFaceNetwork.mean(of: folders, parts: Self.configuration())
            }
        }
    }

    private static func configuration(heads: Bool = true) -> FaceNetworkConfiguration {
        var configuration = FaceNetworkConfiguration()
        configuration.dualScale = heads ? DualScaleConfiguration() : nil
        return configuration
    }

    @Test func theProductRunsItAndReadsItsAttention() async throws {
        let network = try trained()
        let template = try #require(StageBuilder.card(models.appending(path: "facenet-128")).template)
        let face = try face(template)
        let place = folder.url.appending(path: "two-scales")
        let export = try FaceNetworkExport(
            ExportedNetwork(network, trainingData: "nothing", models: models), name: "two-scales",
            engine: Fixtures.engine, faces: [face], to: place)
        #expect(!export.agreements.isEmpty && export.agreements.allSatisfy(\.holds))
        #expect(export.card.outputs.map(\.name) == ["embedding", "mask", "attention_fine", "attention_coarse"])
        #expect(
            export.card.architecture.contains("DS-AEAN (two scales, efficient attention (softmax), selective fusion)"))

        #expect(
            export.card.calibration == nil && export.card.adaptiveThresholds == nil && export.card.probability == nil)

        let (embedder, maps) = try await EngineExecutor.run {
            let engine = try Engine(libraryDirectory: Fixtures.engine)
            let exact = NetworkConfiguration(precision: .exactly(.f32))
            let reader = try AttentionReader(card: export.card, engine: engine, directory: place, network: exact)
            return (
                try ModelEmbedder(card: export.card, engine: engine, directory: place, network: exact),
                try reader.maps(of: face)
            )
        }
        let embedding = try #require(try await embedder.embeddings(of: [face]).first)
        #expect(embedding.values.count == 128)
        #expect(maps.map(\.name) == ["fine scale", "coarse scale"] && maps.map(\.side) == [8, 3])
        for map in maps {
            let mean = map.values.reduce(0, +) / Float(map.values.count)
            #expect(abs(mean - 1) < 1e-3 && map.values.allSatisfy { $0 >= 0 })
        }
    }
}
