import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct TensorReductionsTests {
    let x = Tensor([1, -2, 3, 4, 5, -6], shape: [2, 3])

    @Test func overAllAxes() {
        expect(x.sum(), [], [5])
        expect(x.mean(), [], [5.0 / 6])
        expect(x.max(), [], [5])
        expect(x.min(), [], [-6])
        expect(x.norm(), [], [9.539392])
        expect(x.sum(keepingAxes: true), [1, 1], [5])
        expect(vector(0, 0).logSumExp(), [], [0.6931472])
    }

    @Test func overSome() {
        expect(x.sum(0), [3], [5, 3, -3])
        expect(x.sum(-1), [2], [2, 3])
        expect(x.sum(1, keepingAxes: true), [2, 1], [2, 3])
        expect(x.mean(0), [3], [2.5, 1.5, -1.5])
        expect(x.max(1), [2], [3, 5])
        expect(x.min(0), [3], [1, -2, -6])
        expect(x.norm(0), [3], [4.1231056, 5.3851648, 6.7082039])
        expect(Tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 2, 2]).sum(0, 2), [2], [14, 22])
        expect(vector(1000, 1000).logSumExp(0), [], [1000.6931])
    }

    @Test func wherePeaksStand() {
        #expect(x.argMax(1).integers == [2, 1] && x.argMax(0).integers == [1, 1, 0] && x.argMax(-1).shape == [2])
    }

    @Test func softMaximum() {
        expect(vector(0, 1000).softmax(), [2], [0, 1])
        expect(
            Tensor([0, 0, 1, 1], shape: [2, 2]).softmax(0), [2, 2], [0.26894143, 0.26894143, 0.7310586, 0.7310586])
        expect(vector(0, 1000).logSoftmax(), [2], [-1000, 0])
    }

    @Test func lengthsOfOne() {
        expect(vector(3, 4).normalized(), [2], [0.6, 0.8])
        expect(vector(0, 0).normalized(), [2], [0, 0])
        expect(Tensor([3, 0, 4, 2], shape: [2, 2]).normalized(axis: 0), [2, 2], [0.6, 0, 0.8, 1])
    }

    @Test func asPyTorch() throws {
        try Golden.layer("softmax").expect { try $0.named("x").softmax(1) }
        try Golden.layer("logSoftmax").expect { try $0.named("x").logSoftmax() }
        try Golden.layer("logSumExp").expect { try $0.named("x").logSumExp(0, 2) }
        try Golden.layer("normalized").expect { try $0.named("x").normalized(axis: 1) }
    }

    @Test func gradients() {
        let x = drawn(2, 3, 2)
        expectGradients(of: x) { weighted(x.sum(0, 2)) + x.sum() }
        expectGradients(of: x) { weighted(x.mean(1)) + x.mean() * 3 }
        expectGradients(of: x) { weighted(x.max(2)) + x.min() }
        expectGradients(of: x) { weighted(x.logSumExp(1)) + weighted(x.norm(0)) }
        expectGradients(of: x) { weighted(x.softmax(1)) + weighted(x.logSoftmax(-1)) }
        expectGradients(of: x) { weighted(x.normalized(axis: 1)) }
    }

    @Test func theLengthOfNothingHasNoGradient() {
        let zero = Tensor.zeros([2])
        zero.requiresGradient = true
        (zero.normalized().sum() + zero.norm()).backward()
        #expect(zero.gradient?.floats.allSatisfy(\.isFinite) == true)
    }
}
