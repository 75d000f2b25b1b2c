import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine && Fixtures.isSetUp, "needs libtorch and OpenVINO"))
struct ONNXGraphFoldingTests {
    /// Sets statistics like those after training.
    private func trained(_ store: ParameterStore) {
        for (index, entry) in store.entries.enumerated() where !entry.name.hasSuffix("conv.weight") {
            entry.tensor.copy(from: .uniform(0.5..<2, shape: entry.tensor.shape, seed: UInt64(index)))
        }
    }

    private func expectSame(
        _ store: ParameterStore, _ shape: [Int], operations: [String: Int],
        sourceLocation: SourceLocation = #_sourceLocation, _ network: (Tensor) -> Tensor
    ) throws {
        trained(store)
        let graph = ONNXGraph(inputs: [("x", shape)], outputs: ["y"], parameters: store) { [network($0[0])] }
        #expect(graph.operations == operations, sourceLocation: sourceLocation)
        let x = Tensor.normal(shape: [2] + shape.dropFirst(), seed: 8)
        let ours = withoutGradients { network(x) }
        let theirs = try openVINO(graph.serialized(name: "n"), [(x.shape, x.floats)])
        expect(ours, theirs[0].0, theirs[0].1, within: 2e-6, sourceLocation: sourceLocation)
    }

    @Test(arguments: [true, false]) func intoAConvolution(bias: Bool) throws {
        let store = ParameterStore(seed: 1)
        let convolution = try Conv2d(store.root["conv"], in: 4, out: 6, kernel: 3, groups: 2, bias: bias)
        let norm = try BatchNorm2d(store.root["norm"], channels: 6, scaled: bias, epsilon: 1e-3)
        try expectSame(store, [1, 4, 5, 5], operations: ["Conv": 1, "Relu": 1, "Identity": 1]) {
            relu(norm(convolution($0), training: false))
        }
    }

    @Test func intoATransposedConvolution() throws {
        let store = ParameterStore(seed: 1)
        let convolution = try ConvTranspose2d(store.root["conv"], in: 3, out: 4, kernel: 2, stride: 2)
        let norm = try BatchNorm2d(store.root["norm"], channels: 4)
        try expectSame(store, [1, 3, 4, 4], operations: ["ConvTranspose": 1, "Identity": 1]) {
            norm(convolution($0), training: false)
        }
    }

    @Test(arguments: [true, false]) func intoAMatrixProduct(bias: Bool) throws {
        let store = ParameterStore(seed: 1)
        let layer = try Linear(store.root["linear"], in: 5, out: 3, bias: bias)
        let norm = try BatchNorm2d(store.root["norm"], channels: 3)
        try expectSame(store, [1, 5], operations: ["Gemm": 1, "Identity": 1]) { norm(layer($0), training: false) }
    }

    @Test func notWhereTheResultIsUsedTwiceOrIsNoProduct() throws {
        let store = ParameterStore(seed: 1)
        let convolution = try Conv2d(store.root["conv"], in: 3, out: 3, kernel: 1)
        let norms = try (0..<2).map { try BatchNorm2d(store.root["norm"][$0], channels: 3) }
        try expectSame(
            store, [1, 3, 4, 4], operations: ["Conv": 1, "BatchNormalization": 2, "Add": 1, "Relu": 1, "Identity": 1]
        ) {
            let y = convolution($0)
            return norms[1](relu(y + norms[0](y, training: false)), training: false)
        }
    }

    @Test func oneKernelWithTwoNormalizations() throws {
        let store = ParameterStore(seed: 1)
        let convolution = try Conv2d(store.root["conv"], in: 3, out: 3, kernel: 1)
        let norms = try (0..<2).map { try BatchNorm2d(store.root["norm"][$0], channels: 3) }
        try expectSame(store, [1, 3, 4, 4], operations: ["Conv": 2, "Relu": 1, "Identity": 1]) {
            norms[1](convolution(relu(norms[0](convolution($0), training: false))), training: false)
        }
    }
}
