import Foundation
import Inference
import Networks
import Tensors
import TestSupport
import Testing

import class Tensors.Tensor

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct DetectionTests {
    init() throws { try Engines.open() }

    private static var cascade: [any CascadeNetwork.Type] {
        [ProposalNetwork.self, RefinementNetwork.self, OutputNetwork.self]
    }

    /// A network of the cascade: its number, its file, and its number of parameters without landmarks and with them.
    struct Published: Sendable {
        let number: Int
        let file: String
        let count: (bare: Int, marked: Int)
        let hasLandmarks: Bool
    }

    private static let published = [
        Published(number: 0, file: "pnet.onnx", count: (6632, 6962), hasLandmarks: false),
        Published(number: 1, file: "rnet.onnx", count: (100_178, 101_468), hasLandmarks: false),
        Published(number: 2, file: "onet.onnx", count: (386_470, 389_040), hasLandmarks: true),
    ]

    // MARK: Shapes

    @Test(arguments: published) func theCascadeHasThePublishedSizes(_ published: Published) throws {
        let kind = Self.cascade[published.number]
        for landmarks in [false, true] {
            let store = ParameterStore(seed: 1)
            let network = try kind.init(store.root, landmarks: landmarks)
            let outputs = network(squares(of: kind, 3)).rows
            #expect(outputs.logits.shape == [3, 2] && outputs.box.shape == [3, 4])
            #expect(outputs.landmarks?.shape == (landmarks ? [3, 10] : nil))
            #expect(store.count == (landmarks ? published.count.marked : published.count.bare))
        }
    }

    @Test func aPlaceOfAMapIsAPicture() throws {
        let network = try ProposalNetwork(ParameterStore(seed: 3).root, landmarks: true)
        let x = Tensor.normal(shape: [2, 3, 16, 18], seed: 4)
        let rows = network(x).rows
        #expect(rows.logits.shape == [2 * 3 * 4, 2])
        // The place in the second row and third column of the second picture sees 12 pixels from (4, 2).
        let one = network(x.slice(0, 1..<2).slice(2, 2..<14).slice(3, 4..<16)).rows
        for (map, part) in [(rows.box, one.box), (rows.logits, one.logits)] {
            #expect(difference(map.slice(0, 18..<19).floats, part.floats) < 1e-5)
        }
    }

    @Test func yunetHasThePublishedSize() throws {
        let store = ParameterStore(seed: 1)
        let network = try YuNet(store.root, .folded)
        #expect(store.count == 53_104)
        let outputs = network(Tensor.uniform(0..<255, shape: [2, 3, 64, 96]), training: false)
        let places = 8 * 12 + 4 * 6 + 2 * 3
        #expect(outputs.classes.shape == [2, places, 1] && outputs.objectness.shape == [2, places, 1])
        #expect(outputs.boxes.shape == [2, places, 4] && outputs.landmarks.shape == [2, places, 10])
    }

    @Test func aNewYuNetExpectsFewFaces() throws {
        let network = try YuNet(ParameterStore(seed: 1).root, .batch)
        let outputs = network(Tensor.zeros([1, 3, 64, 64]), training: false)
        #expect(difference(sigmoid(outputs.classes).floats, [Float](repeating: 0.01, count: 84)) < 1e-4)
    }

    // MARK: Gradients

    @Test(arguments: published) func gradientsReachEveryWeightOfTheCascade(_ published: Published) throws {
        let kind = Self.cascade[published.number]
        let store = ParameterStore(seed: 2)
        let outputs = try kind.init(store.root, landmarks: true)(squares(of: kind, 4))
        let terms = [outputs.logits.logSoftmax(1).slice(1, 1..<2), outputs.box.squared]
        (terms.map { $0.sum() }.reduce(try #require(outputs.landmarks).squared.sum()) { $0 + $1 }).backward()
        #expect(unreached(store) == [])
    }

    @Test(arguments: [Normalization.batch, .folded]) func gradientsReachEveryWeightOfYuNet(
        _ normalization: Normalization
    ) throws {
        let store = ParameterStore(seed: 2)
        let network = try YuNet(store.root, normalization)
        let outputs = network(Tensor.uniform(0..<1, shape: [2, 3, 128, 128]), training: true)
        (outputs.classes.sum() + outputs.objectness.sum() + outputs.boxes.squared.sum()
            + outputs.landmarks.squared.sum()).backward()
        #expect(unreached(store) == [])
    }

    // MARK: The published weights

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)), arguments: published)
    func publishedWeightsGiveThePublishedOutputs(_ published: Published) throws {
        let file = Fixtures.model("mtcnn", published.file), kind = Self.cascade[published.number]
        let store = ParameterStore(try ONNXWeights.read(file))
        let network = try kind.init(store.root, landmarks: published.hasLandmarks)
        #expect(store.unused.isEmpty, "every name is accounted for")
        // Odd extents too, where pooling rounds up.
        let shapes = kind.takesAnySize ? [[2, 3, 12, 12], [1, 3, 37, 50]] : [[5, 3, kind.side, kind.side]]
        for shape in shapes {
            let x = Tensor.uniform(-1..<1, shape: shape, seed: 7)
            let outputs = withoutGradients { network(x) }
            let ours = [outputs.box] + (outputs.landmarks.map { [$0] } ?? []) + [outputs.logits.softmax(1)]
            try expectSame(ours, as: file, for: x)
            let folder = try TemporaryFolder()
            let exported = try folder.file("network.onnx", network.graph(store).serialized(name: "network"))
            try expectSame(ours, as: exported, for: x)
        }
    }

    @Test(
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)), arguments: [(1, 64, 96), (2, 160, 128)])
    func yunetsWeightsGiveThePublishedOutputs(batch: Int, height: Int, width: Int) throws {
        let file = Fixtures.model("yunet")
        let store = ParameterStore(try YuNet.pretrained(ONNXWeights.read(file)))
        let network = try YuNet(store.root, .folded)
        #expect(store.unused.isEmpty, "every name is accounted for")
        let x = Tensor.uniform(0..<255, shape: [batch, 3, height, width], seed: 5)
        let outputs = withoutGradients { network(x, training: false) }
        var ours: [Tensor] = []
        for values in [sigmoid(outputs.classes), sigmoid(outputs.objectness), outputs.boxes, outputs.landmarks] {
            var start = 0
            for stride in YuNet.strides {
                let count = height / stride * (width / stride)
                ours.append(values.slice(1, start..<start + count))
                start += count
            }
        }
        try expectSame(ours, as: file, for: x)
        let folder = try TemporaryFolder()
        let graph = network.graph(store)
        try expectSame(ours, as: folder.file("network.onnx", graph.serialized(name: "network")), for: x)
        #expect(graph.outputs.map(\.name).prefix(4) == ["cls_8", "cls_16", "cls_32", "obj_8"])
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func anotherNetworksWeightsAreRefused() throws {
        let values = try ONNXWeights.read(Fixtures.model("mtcnn", "pnet.onnx"))
        #expect(throws: ParameterError.missing("420", shape: [])) { try YuNet.pretrained(values) }
        let store = ParameterStore(values)
        #expect(throws: ParameterError.self) { try OutputNetwork(store.root) }
    }

    // MARK: Helpers

    private func squares(of kind: any CascadeNetwork.Type, _ count: Int) -> Tensor {
        Tensor.uniform(-1..<1, shape: [count, 3, kind.side, kind.side], seed: 11)
    }

    private func unreached(_ store: ParameterStore) -> [String] {
        store.trainable.filter { ($0.tensor.gradient?.magnitude.max().scalar ?? 0) == 0 }.map(\.name)
    }

    private func difference(_ a: [Float], _ b: [Float]) -> Float {
        guard a.count == b.count else { return .infinity }
        return zip(a, b).map { abs($0 - $1) }.max() ?? 0
    }

    /// Expects the outputs of the inference engine for an ONNX file, relative to the largest of each above 1.
    private func expectSame(
        _ ours: [Tensor], as file: URL, for x: Tensor, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var configuration = NetworkConfiguration()
        configuration.precision = .exactly(.f32)
        let network = try Network(
            engine: Engine(libraryDirectory: Fixtures.engine), contentsOf: file, configuration: configuration)
        let theirs = try network.run([Inference.Tensor(shape: x.shape, values: x.floats)])
        #expect(theirs.map(\.shape) == ours.map(\.shape), sourceLocation: sourceLocation)
        for (one, other) in zip(ours, theirs) {
            let scale = max(1, other.values.map(abs).max() ?? 0)
            let error = difference(one.floats, other.values) / scale
            #expect(error < 1e-4, "\(error)", sourceLocation: sourceLocation)
        }
    }
}
