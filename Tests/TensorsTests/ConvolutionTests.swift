import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct ConvolutionTests {
    @Test func byHand() throws {
        let values = ["weight": Tensor([1, 0, 0, -1], shape: [1, 1, 2, 2]), "bias": vector(0.5)]
        let layer = try Conv2d(store(values).root, in: 1, out: 1, kernel: 2)
        let x = Tensor([1, 2, 3, 4, 5, 6, 7, 8, 10], shape: [1, 1, 3, 3])
        expect(layer(x), [1, 1, 2, 2], [-3.5, -3.5, -3.5, -4.5])
    }

    @Test func transposedByHand() throws {
        let values = ["weight": Tensor([1, 2, 3, 4], shape: [1, 1, 2, 2])]
        let layer = try ConvTranspose2d(store(values).root, in: 1, out: 1, kernel: 2, stride: 2, bias: false)
        let x = Tensor([1, 10], shape: [1, 1, 1, 2])
        expect(layer(x), [1, 1, 2, 4], [1, 2, 10, 20, 3, 4, 30, 40])
    }

    @Test func asPyTorch() throws {
        var grouped = ConvolutionSteps()
        (grouped.stride, grouped.padding, grouped.groups) = ((2, 2), (2, 1), 2)
        try Golden.layer("convolution").expect {
            convolve(
                try $0.named("input"), weight: try $0.named("weight"), bias: try $0.named("bias"), grouped)
        }
        var atrous = ConvolutionSteps()
        (atrous.padding, atrous.dilation) = ((2, 2), (2, 2))
        try Golden.layer("atrous").expect {
            convolve(try $0.named("input"), weight: try $0.named("weight"), bias: nil, atrous)
        }
        var larger = ConvolutionSteps()
        (larger.stride, larger.padding) = ((2, 2), (1, 1))
        try Golden.layer("transposed").expect {
            convolveTransposed(
                try $0.named("input"), weight: try $0.named("weight"), bias: try $0.named("bias"), larger)
        }
    }

    @Test func theLayerUsesItsSteps() throws {
        let golden = try Golden.layer("convolution")
        let values = golden.inputs.filter { $0.key != "input" }.mapValues(\.tensor)
        let layer = try Conv2d(
            store(values).root, in: 4, out: 6, kernel: (3, 2), stride: 2, padding: (2, 1), groups: 2)
        expect(layer(try #require(golden.inputs["input"]).tensor), golden.result.shape, golden.result.values)
    }

    @Test func channelsLastComputesTheSame() throws {
        let layer = try Conv2d(ParameterStore(seed: 1).root, in: 8, out: 8, kernel: 3, padding: 1)
        let x = drawn(2, 8, 7, 5)
        let plain = layer(x)
        weighted(plain).backward()
        let gradient = try #require(layer.weight.gradient).floats
        layer.weight.clearGradient()
        let other = layer(x.channelsLast)
        weighted(other).backward()
        expect(other, plain.shape, plain.floats)
        expect(try #require(layer.weight.gradient).floats, gradient, within: 1e-5)
    }

    @Test func startsAsHeSays() throws {
        let layer = try Conv2d(ParameterStore(seed: 1).root, in: 32, out: 64, kernel: 3)
        expect(layer.weight.squared.mean(), [], [2 / 288], within: 3e-4)
        expect(layer.weight.mean(), [], [0], within: 3e-3)
    }

    @Test func gradients() throws {
        let parameters = ParameterStore(seed: 1).root
        let layer = try Conv2d(
            parameters["a"], in: 2, out: 2, kernel: (2, 3), stride: 2, padding: (1, 1), dilation: 1, groups: 2)
        let transposed = try ConvTranspose2d(parameters["b"], in: 2, out: 1, kernel: 3, stride: 2, padding: 1)
        let x = drawn(1, 2, 4, 3)
        let biases = (try #require(layer.bias), try #require(transposed.bias))
        expectGradients(of: x, layer.weight, biases.0) { weighted(layer(x)) }
        expectGradients(of: x, transposed.weight, biases.1) { weighted(transposed(x)) }
    }
}
