import Networks
import Tensors
import Testing

import class Tensors.Tensor

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct MaskClassifierTests {
    private let store = ParameterStore(seed: 1)
    private let network: MaskClassifier

    init() throws {
        try Engines.open()
        network = try MaskClassifier(store.root)
    }

    private var crops: Tensor { Tensor.uniform(-1..<1, shape: [2, 3, 96, 96]) }

    @Test func givesThreeLogitsACrop() {
        #expect(network(crops, training: false).shape == [2, 3])
        let kernels = 9 * (3 * 24 + 24 * 48 + 48 * 96 + 96 * 96 + 96 * 128 + 128 * 128)
        #expect(store.count == kernels + 2 * (24 + 48 + 96 + 96 + 128 + 128) + 128 * 3 + 3)
    }

    @Test func theGradientReachesEveryWeight() {
        crossEntropySum(network(crops, training: true)).backward()
        for entry in store.trainable {
            #expect(entry.tensor.gradient?.magnitude.max().scalar ?? 0 > 0, "\(entry.name)")
        }
    }

    @Test func dropoutIsOfTrainingAlone() {
        let x = crops
        #expect(network(x, training: false).floats == network(x, training: false).floats)
    }

    /// Returns −log p of the first class, summed.
    private func crossEntropySum(_ logits: Tensor) -> Tensor { -logits.logSoftmax(1).slice(1, 0..<1).sum() }
}
