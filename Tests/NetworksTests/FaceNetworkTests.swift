import Foundation
import Inference
import Tensors
import TestSupport
import Testing

import class Tensors.Tensor

@testable import Networks

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct FaceNetworkTests {
    init() throws { try Engines.open() }

    static func enhanced(_ normalization: Normalization = .folded) -> FaceNetworkConfiguration {
        var configuration = FaceNetworkConfiguration()
        configuration.normalization = normalization
        configuration.gate = true
        configuration.fusion = FeatureFusionConfiguration()
        configuration.context = ContextFusionConfiguration(form: .crossAttention)
        return configuration
    }

    @Test func theTrunkHasTheOriginalsShapesAndCount() throws {
        let store = ParameterStore(seed: 1)
        let trunk = try InceptionResNetV1(store.root, .folded)
        let stages = withoutGradients { trunk(Tensor.normal(shape: [2, 3, 160, 160]), training: false) }
        #expect(
            stages.all.map(\.shape) == [[2, 256, 17, 17], [2, 256, 17, 17], [2, 896, 8, 8], [2, 1792, 3, 3]])
        // The file of FaceNet-128 holds 22,779,312 numbers, 229,504 of them in the last linear layer.
        #expect(store.count == 22_779_312 - 229_504)
    }

    @Test func gradientsReachEveryWeight() throws {
        let store = ParameterStore(seed: 2)
        let network = try FaceNetwork(store.root, Self.enhanced(.batch))
        // Layers that start at zero pass no gradient at the first step.
        for entry in store.entries where entry.name.hasSuffix("weight") {
            let isZero = entry.tensor.magnitude.max().scalar == 0
            if isZero { entry.tensor.copy(from: Tensor.normal(deviation: 0.05, shape: entry.tensor.shape)) }
        }
        let x = Tensor.normal(shape: [3, 3, 160, 160])
        let context = Tensor([Float](repeating: 0.4, count: 33) + [0.2, 0.7, -1], shape: [3, 12])
        let embedding = network(x, context: context, training: true)
        (embedding * Tensor.normal(shape: embedding.shape)).sum().backward()
        let unreached = store.trainable.filter { ($0.tensor.gradient?.magnitude.max().scalar ?? 0) == 0 }
        #expect(unreached.map(\.name) == [])
    }

    @Test func embeddingsHaveLengthOneAndPartsCanBeLeftOut() throws {
        let x = Tensor.normal(shape: [2, 3, 160, 160])
        var counts: [String: Int] = [:]
        var configurations: [String: FaceNetworkConfiguration] = [:]
        for name in ["all", "no SE", "no ASPP", "no attention", "no FFM", "no gate"] {
            configurations[name] = Self.enhanced()
            configurations[name]?.context = nil
        }
        configurations["no SE"]?.fusion?.squeezeExcitation = false
        configurations["no ASPP"]?.fusion?.pyramid = false
        configurations["no attention"]?.fusion?.attention = false
        configurations["no FFM"]?.fusion = nil
        configurations["no gate"]?.gate = false
        for (name, configuration) in configurations {
            let store = ParameterStore(seed: 1)
            let network = try FaceNetwork(store.root, configuration)
            let y = withoutGradients { network(x, training: false) }
            #expect(y.shape == [2, 128], "\(name)")
            #expect(y.norm(1).floats.allSatisfy { abs($0 - 1) < 1e-5 }, "\(name)")
            counts[name] = store.count
        }
        let all = try #require(counts["all"])
        for (name, count) in counts where name != "all" { #expect(count < all, "\(name)") }
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func pretrainedWeightsGiveTheOriginalsEmbeddings() throws {
        let file = Fixtures.model("facenet-128")
        let store = ParameterStore(try InceptionResNetV1.pretrained(ONNXWeights.read(file)))
        let network = try FaceNetwork(store.root, FaceNetworkConfiguration())
        #expect(store.unused.isEmpty, "every name is accounted for")
        let (values, count) = try portraits()
        let ours = withoutGradients { network(Tensor(values, shape: [count, 3, 160, 160]), training: false) }
        let original = try run(
            file, [Inference.Tensor(shape: [count, 3, 160, 160], values: values)], precision: .f32)
        for cosine in cosines(ours.floats, original) { #expect(cosine > 0.99999) }
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func anAddedPartLeavesATrainedTrunkAsItWas() throws {
        let values = try InceptionResNetV1.pretrained(ONNXWeights.read(Fixtures.model("facenet-128")))
        let plain = try FaceNetwork(ParameterStore(values).root, FaceNetworkConfiguration())
        let store = ParameterStore(values, seed: 4, new: { values[$0] == nil })
        let network = try FaceNetwork(store.root, Self.enhanced())
        let (pixels, count) = try portraits()
        let x = Tensor(pixels, shape: [count, 3, 160, 160])
        let context = Tensor([Float](repeating: 0.5, count: 12 * count), shape: [count, 12])
        let (a, b) = withoutGradients {
            (plain(x, training: false), network(x, context: context, training: false))
        }
        for cosine in cosines(a.floats, b.floats) { #expect(cosine > 0.9999) }
    }

    @Test(
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)),
        arguments: ContextFusionConfiguration.Form.allCases)
    func anExportedNetworkGivesTheSameEmbeddings(form: ContextFusionConfiguration.Form) throws {
        let values = try InceptionResNetV1.pretrained(ONNXWeights.read(Fixtures.model("facenet-128")))
        let store = ParameterStore(values, seed: 5, new: { values[$0] == nil })
        var configuration = Self.enhanced()
        configuration.context = ContextFusionConfiguration(form: form)
        let network = try FaceNetwork(store.root, configuration)
        for entry in store.entries where entry.name.hasPrefix("fusion.extractor") || entry.name.contains("second") {
            TrainingEngine.seed(9)
            entry.tensor.copy(from: Tensor.normal(deviation: 0.03, shape: entry.tensor.shape))
        }
        let (pixels, count) = try portraits()
        let one: [Float] = [10, -20, 5, 0.4, 0.2, 0.1, 0, 0.05, 20, 90, 0.9, -1]
        let contexts = (0..<count).flatMap { _ in one }
        let x = Tensor(pixels, shape: [count, 3, 160, 160])
        let context = Tensor(contexts, shape: [count, 12])
        let ours = withoutGradients {
            // Makes batch normalization's averages different from 0 and 1.
            _ = network(x, context: context, training: true)
            return network(x, context: context, training: false)
        }
        let graph = ONNXGraph(
            inputs: [("input", [1, 3, 160, 160]), ("context", [1, 12])], outputs: ["embedding"], parameters: store
        ) { [network($0[0], context: $0[1], training: false)] }
        #expect(graph.operations["BatchNormalization"] == nil)
        let folder = try TemporaryFolder()
        let url = try folder.file("network.onnx", graph.serialized(name: "test"))
        let inputs = [
            Inference.Tensor(shape: [count, 3, 160, 160], values: pixels),
            Inference.Tensor(shape: [count, 12], values: contexts),
        ]
        for cosine in cosines(ours.floats, try run(url, inputs, precision: .f32)) { #expect(cosine > 0.99999) }
        let precisions = try Engine(libraryDirectory: Fixtures.engine).supportedPrecisions
        if precisions.contains(.bf16) {
            for cosine in cosines(ours.floats, try run(url, inputs, precision: .bf16)) { #expect(cosine > 0.999) }
        }
    }
}
