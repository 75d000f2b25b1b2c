import Tensors
import TestSupport
import Testing

@testable import Networks

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct MaskedPathTests {
    init() throws { try Engines.open() }

    private static func configuration(dualScale: Bool = true) -> FaceNetworkConfiguration {
        var configuration = FaceNetworkConfiguration()
        configuration.maskedPath = MaskedPathConfiguration()
        configuration.dualScale = dualScale ? DualScaleConfiguration() : nil
        return configuration
    }

    private func stages(_ count: Int) -> InceptionResNetV1.Stages {
        func map(_ channels: Int, _ side: Int, _ seed: UInt64) -> Tensor {
            relu(Tensor.normal(shape: [count, channels, side, side], seed: seed))
        }
        return InceptionResNetV1.Stages(
            stem: map(256, 8, 1), fine: map(256, 8, 2), middle: map(896, 8, 3), coarse: map(1792, 3, 4))
    }

    /// Returns a network whose gate has the same output for all faces: `logit` for a mask.
    private func network(_ store: ParameterStore, logit: Float) throws -> FaceNetwork {
        let network = try FaceNetwork(store.root, Self.configuration())
        for entry in store.entries where entry.name.hasPrefix("masked.gate.state") {
            let isBias = entry.name.hasSuffix("bias")
            let values = isBias ? Tensor([-logit / 2, logit / 2], shape: [2]) : entry.tensor * 0
            entry.tensor.copy(from: values.detached)
        }
        // Last layers that start as zeros would have no effect.
        for entry in store.entries where entry.name.hasPrefix("dualScale") && entry.name.hasSuffix("weight") {
            let isZero = entry.tensor.magnitude.max().scalar == 0
            if isZero { entry.tensor.copy(from: Tensor.normal(deviation: 0.02, shape: entry.tensor.shape, seed: 6)) }
        }
        return network
    }

    private func distance(_ a: Tensor, _ b: Tensor) -> Float { (a - b).magnitude.max().scalar }

    @Test func theGateSelectsTheBranch() throws {
        let stages = stages(2)
        func embedding(_ logit: Float) throws -> (joined: FaceNetwork.Result, masked: Tensor, bare: Tensor) {
            let store = ParameterStore(seed: 1)
            let network = try network(store, logit: logit)
            let plain = try FaceNetwork(ParameterStore(seed: 1).root, FaceNetworkConfiguration())
            return withoutGradients {
                (
                    network.result(of: stages, training: false),
                    network.maskedResult(of: stages, training: false).embedding,
                    plain.embedding(of: stages, training: false)
                )
            }
        }
        let bare = try embedding(-40), masked = try embedding(40), both = try embedding(0)
        #expect(distance(bare.masked, bare.bare) > 0.01)
        #expect(distance(bare.joined.embedding, bare.bare) < 1e-6)
        #expect(distance(masked.joined.embedding, masked.masked) < 1e-6)
        let mean = ((both.bare + both.masked) * 0.5).normalized()
        #expect(distance(both.joined.embedding, mean) < 1e-6)
        #expect(try #require(both.joined.mask).softmax(1).floats.allSatisfy { abs($0 - 0.5) < 1e-6 })
        #expect(both.joined.attention.map(\.scale) == ["fine", "coarse"])
    }

    @Test func theMaskedBranchStartsAsACopy() throws {
        let source = ParameterStore(seed: 3)
        _ = try FaceNetwork(source.root, FaceNetworkConfiguration())
        var values = source.dictionary
        for (copy, original) in MaskedPath.originals { values[copy] = values[original] }
        let store = ParameterStore(values, seed: 3, new: { values[$0] == nil })
        let network = try FaceNetwork(store.root, Self.configuration(dualScale: false))
        #expect(store.unused.isEmpty, "every copy is asked for")
        let names = store.entries.map(\.name).filter { $0.hasPrefix("masked.") && !$0.hasPrefix("masked.gate.") }
        #expect(Set(names) == Set(MaskedPath.originals.keys))
        var stages = stages(2)
        withoutGradients {
            stages.coarse = network.trunk.coarseStage(stages.middle, training: false)
            let masked = network.maskedResult(of: stages, training: false).embedding
            let plain = network.result(of: stages, training: false).embedding
            #expect(distance(masked, plain) < 1e-6)
        }
    }

    @Test func gradientsOfTheMaskedBranchReachOnlyItsOwnValues() throws {
        let store = ParameterStore(seed: 2)
        let network = try network(store, logit: 0)
        let stages = stages(3)
        let y = network.maskedResult(of: stages, training: true).embedding
        let state = try #require(network.maskedPath).maskState(stages.middle)
        func sum(_ x: Tensor) -> Tensor { (x * Tensor.normal(shape: x.shape, seed: 5)).sum() }
        (sum(y) + sum(state)).backward()
        let reached = store.trainable.filter { ($0.tensor.gradient?.magnitude.max().scalar ?? 0) > 0 }.map(\.name)
        let own = store.trainable.map(\.name).filter {
            $0.hasPrefix("masked.") || $0.hasPrefix("dualScale.") && !$0.hasPrefix("dualScale.mask.")
        }
        // A constant gate passes no gradient to its inputs.
        #expect(Set(reached) == Set(own).subtracting(["masked.gate.narrow.weight", "masked.gate.narrow.bias"]))
    }
}
