import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct LinearTests {
    @Test func byHand() throws {
        let values = ["weight": Tensor([1, 2, 3, 0, 0, -1], shape: [2, 3]), "bias": vector(10, 20)]
        let layer = try Linear(store(values).root, in: 3, out: 2)
        expect(layer(Tensor([1, 1, 1, 2, 0, 1], shape: [2, 3])), [2, 2], [16, 19, 15, 19])
        let plain = try Linear(store(["weight": drawn(2, 3)]).root, in: 3, out: 2, bias: false)
        #expect(plain.bias == nil && plain(Tensor.zeros([1, 3])).floats == [0, 0])
    }

    @Test func asPyTorch() throws {
        let golden = try Golden.layer("linear")
        try golden.expect {
            linear(try $0.named("input"), weight: try $0.named("weight"), bias: try $0.named("bias"))
        }
    }

    @Test func startsAsGlorotSays() throws {
        let weights = ParameterStore(seed: 1)
        let layer = try Linear(weights.root, in: 300, out: 100)
        let bound = Float((6.0 / 400).squareRoot())
        #expect(layer.weight.floats.allSatisfy { abs($0) <= bound })
        expect(layer.weight.squared.mean(), [], [bound * bound / 3], within: 2e-4)
        #expect(layer.bias?.floats.allSatisfy { $0 == 0 } == true)
    }

    @Test func gradients() throws {
        let layer = try Linear(ParameterStore(seed: 1).root, in: 3, out: 2)
        let x = drawn(2, 2, 3)
        let bias = try #require(layer.bias)
        expectGradients(of: x, layer.weight, bias) { weighted(layer(x)) }
    }
}
