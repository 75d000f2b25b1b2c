import Networks
import Tensors
import Testing

import class Tensors.Tensor

@testable import Networks

/// Compares each module with PyTorch's (make_golden.py).
@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct ModuleTests {
    init() throws { try Engines.open() }

    @Test func attentionIsPyTorchs() throws {
        let golden = try GoldenCase.named("attention")
        let store = golden.store
        let module = try MultiHeadAttention(store.root, size: 8, heads: 2)
        #expect(store.unused.isEmpty)
        let x = golden.inputs[0].tensor
        #expect(golden.difference(from: module(x)) < 1e-5)
        let rows = module.weights(of: x).sum(-1).floats
        #expect(rows.count == 2 * 2 * 5 && rows.allSatisfy { abs($0 - 1) < 1e-5 })
    }

    @Test func squeezeAndExcitationIsPyTorchs() throws {
        let golden = try GoldenCase.named("squeeze_excitation")
        let store = golden.store
        let module = try SqueezeExcitation(store.root, channels: 16, reduction: 4)
        #expect(store.unused.isEmpty)
        #expect(golden.difference(from: module(golden.inputs[0].tensor)) < 1e-5)
    }

    @Test func theAtrousPyramidIsPyTorchs() throws {
        let golden = try GoldenCase.named("pyramid")
        let store = golden.store
        let module = try AtrousPyramid(store.root, channels: 3, rates: [1, 2])
        #expect(store.unused.isEmpty)
        #expect(golden.difference(from: module(golden.inputs[0].tensor, training: false)) < 1e-5)
    }

    @Test func crossAttentionIsEquationEight() throws {
        let golden = try GoldenCase.named("cross_attention")
        let store = golden.store
        let module = try CrossAttention(store.root, dimension: 6, size: 4)
        #expect(store.unused.isEmpty)
        #expect(golden.difference(from: module(golden.inputs[0].tensor, golden.inputs[1].tensor)) < 1e-5)
    }

    @Test func aNewGateIsTheSameEverywhereAndNearlyOpen() throws {
        let gate = try AttentionGate(ParameterStore(seed: 1).root, channels: 4)
        let map = gate.map(of: Tensor.normal(shape: [2, 4, 3, 3]))
        #expect(map.shape == [2, 1, 3, 3])
        #expect(map.floats.allSatisfy { abs($0 - 0.982) < 1e-3 })
    }

    @Test func aGateWeightsPlacesAndNotChannels() throws {
        let store = ParameterStore(["weight": Tensor([10, 0], shape: [1, 2, 1, 1]), "bias": Tensor([0], shape: [1])])
        let gate = try AttentionGate(store.root, channels: 2)
        // Two places; the first channel opens the gate at the first and closes it at the second.
        let x = Tensor([1, -1, 5, 5], shape: [1, 2, 1, 2])
        let y = gate(x).floats
        #expect(abs(y[0] - 1) < 1e-3 && abs(y[1]) < 1e-3)
        #expect(abs(y[2] - 5) < 1e-3 && abs(y[3]) < 1e-3)
    }

    @Test func attentionOverAMapKeepsItsShapeAndMixesPlaces() throws {
        let module = try MapAttention(ParameterStore(seed: 3).root, channels: 8, heads: 2)
        let x = Tensor.normal(shape: [2, 8, 3, 4])
        let y = module(x)
        #expect(y.shape == x.shape)
        var changed = x.floats
        changed[0] += 3
        let z = module(Tensor(changed, shape: x.shape))
        let moved = zip(y.floats, z.floats).map { abs($0 - $1) }
        #expect(moved[11] > 1e-6, "the last place of the channel has seen the first")
        #expect(moved.suffix(8 * 12).allSatisfy { $0 < 1e-6 }, "the other picture has not")
    }
}
