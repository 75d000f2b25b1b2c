import Foundation
import Inference
import Networks
import Tensors
import TestSupport
import Testing

import class Tensors.Tensor

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct SFaceNetworkTests {
    private static let file = Fixtures.model("sface")

    init() throws { try Engines.open() }

    @Test func theNetworkHasThePublishedSize() throws {
        let store = ParameterStore(seed: 1)
        let network = try SFaceNetwork(store.root)
        // Normalization is folded: 27 convolutions with biases and rectifiers, and the last layer.
        #expect(store.count == 9_629_632)
        #expect(network(Tensor.normal(shape: [2, 3, 112, 112], seed: 2)).shape == [2, 128])
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func thePublishedWeightsGiveThePublishedEmbeddings() throws {
        let values = try SFaceNetwork.pretrained(ONNXWeights.read(Self.file))
        let store = ParameterStore(values)
        let network = try SFaceNetwork(store.root)
        #expect(store.unused.isEmpty)
        // Pixels of the whole range; the published file takes 0 to 255.
        let pixels = Tensor.uniform(0..<255, shape: [3, 3, 112, 112], seed: 3)
        let ours = network((pixels - SFaceNetwork.middle) / SFaceNetwork.range).floats
        var configuration = NetworkConfiguration()
        configuration.precision = .exactly(.f32)
        let published = try Network(
            engine: Engine(libraryDirectory: Fixtures.engine), contentsOf: Self.file,
            inputShapes: [[3, 3, 112, 112]], configuration: configuration)
        let theirs = try published.run(Inference.Tensor(shape: pixels.shape, values: pixels.floats))[0].values
        #expect(cosines(ours, theirs).allSatisfy { $0 > 0.999_999 })

        // What is exported has our names, and can be read again.
        let folder = try TestSupport.TemporaryFolder()
        let exported = folder.url.appending(path: "model.onnx")
        try network.graph(store).serialized(name: "sface").write(to: exported)
        let again = try SFaceNetwork.pretrained(ONNXWeights.read(exported))
        #expect(Set(again.keys) == Set(values.keys))
        let second = try SFaceNetwork(ParameterStore(again).root)
        #expect(cosines(second((pixels - 127.5) / 128).floats, theirs).allSatisfy { $0 > 0.999_999 })
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func aMissingOrWrongValueIsNamed() throws {
        var values = try ONNXWeights.read(Self.file)
        let name = "conv_7_dw_relu_gamma"
        values[name] = Tensor.zeros([7])
        #expect(throws: ParameterError.misshapen(name, expected: [256, 1, 1], found: [7])) {
            try SFaceNetwork.pretrained(values)
        }
        values[name] = nil
        #expect(throws: ParameterError.missing(name, shape: [256, 1, 1])) { try SFaceNetwork.pretrained(values) }
        #expect(throws: ParameterError.self) { try SFaceNetwork.pretrained([:]) }
    }

    @Test func frozenUnitsGetNoGradients() throws {
        let store = ParameterStore(seed: 1)
        let network = try SFaceNetwork(store.root, frozenUnits: 3)
        network(Tensor.normal(shape: [1, 3, 112, 112], seed: 2)).squared.sum().backward()
        for entry in store.entries {
            let isFrozen = ["units.0.", "units.1.", "units.2."].contains { entry.name.hasPrefix($0) }
            #expect((entry.tensor.gradient == nil) == isFrozen, "\(entry.name)")
        }
    }
}
