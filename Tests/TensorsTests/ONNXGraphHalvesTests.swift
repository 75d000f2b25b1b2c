import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine && Fixtures.isSetUp, "needs libtorch and OpenVINO"))
struct ONNXGraphHalvesTests {
    @Test func largeConstantsTakeHalfTheFileAndAreNearlyTheSame() throws {
        let store = ParameterStore(seed: 1)
        let convolution = try Conv2d(store.root["conv"], in: 16, out: 32, kernel: 3, padding: 1)
        let graph = ONNXGraph(inputs: [("x", [1, 16, 5, 5])], outputs: ["y"], parameters: store) {
            [relu(convolution($0[0]))]
        }
        let halves = graph.storingHalves()
        // The kernels, but not the 32 biases.
        #expect(halves.operations == ["Cast": 1, "Conv": 1, "Relu": 1, "Identity": 1])
        let (large, small) = (graph.serialized(name: "n"), halves.serialized(name: "n"))
        #expect(small.count < large.count * 6 / 10)
        let x = Tensor.normal(shape: [2, 16, 5, 5], seed: 8)
        let ours = withoutGradients { relu(convolution(x)) }
        let theirs = try openVINO(small, [(x.shape, x.floats)])
        expect(ours, theirs[0].0, theirs[0].1, within: 5e-3)
        // With numbers that were rounded before, the result is the same.
        let weight = convolution.weight
        weight.copy(from: weight.to(.float16).to(.float32))
        let rounded = ONNXGraph(inputs: [("x", [1, 16, 5, 5])], outputs: ["y"], parameters: store) {
            [relu(convolution($0[0]))]
        }.storingHalves()
        let again = withoutGradients { relu(convolution(x)) }
        let exact = try openVINO(rounded.serialized(name: "n"), [(x.shape, x.floats)])
        expect(again, exact[0].0, exact[0].1, within: 2e-6)
    }
}
