import Inference
import Tensors
import TestSupport
import Testing

import class Tensors.Tensor

@testable import Networks

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct EfficientAttentionTests {
    init() throws { try Engines.open() }

    private func difference(_ a: Tensor, _ b: Tensor) -> Float {
        a.shape == b.shape ? (a - b).magnitude.max().scalar : .infinity
    }

    /// Returns queries and keys by equation 11 or 12, `[1, 2, places, 4]`.
    private func normalized(_ normalization: AttentionNormalization, places: Int) -> (q: Tensor, k: Tensor, v: Tensor) {
        let shape = [1, 2, places, 4]
        let (q, k) = (Tensor.normal(shape: shape), Tensor.normal(shape: shape))
        let v = Tensor.normal(shape: shape)
        switch normalization {
        case .scaling:
            let root = Double(places).squareRoot()
            return (q / root, k / root, v)
        case .softmax:
            let (rows, columns) = (q.exponential, k.exponential)
            return (rows / rows.sum(3, keepingAxes: true), columns / columns.sum(2, keepingAxes: true), v)
        }
    }

    @Test(arguments: AttentionNormalization.allCases, [1, 4, 9, 64])
    func theLinearOrderGivesWhatTheQuadraticOneGives(normalization: AttentionNormalization, places: Int) {
        let (q, k, v) = normalized(normalization, places: places)
        let linear = EfficientAttention.attend(q, k, v)
        let quadratic = q.matmul(k.transposed).matmul(v)
        #expect(difference(linear, quadratic) < 1e-5)
    }

    /// Returns the weights of one projection as a matrix, `[out, in]`.
    private func matrix(_ store: ParameterStore, _ name: String) throws -> Tensor {
        try #require(store.dictionary["\(name).weight"]).reshaped([8, 8])
    }

    /// Compares the module with its formula, computed by place and head.
    @Test(arguments: AttentionNormalization.allCases)
    func theModuleIsTheFormulaAndItsMapTheMeanOfTheWeights(normalization: AttentionNormalization) throws {
        let store = ParameterStore(seed: 3)
        let module = try EfficientAttention(store.root, channels: 8, heads: 2, normalization: normalization)
        let x = Tensor.normal(shape: [1, 8, 3, 3])
        let tokens = x.reshaped([8, 9]).transposed
        var parts: [Tensor] = []
        var weights: [Tensor] = []
        for head in 0..<2 {
            let rows = head * 4..<(head + 1) * 4
            let q = tokens.matmul(try matrix(store, "query").slice(0, rows).transposed)
            let k = tokens.matmul(try matrix(store, "key").slice(0, rows).transposed)
            let v = tokens.matmul(try matrix(store, "value").slice(0, rows).transposed)
            let isScaled = normalization == .scaling
            let all = (isScaled ? q / 3 : q.softmax(1)).matmul((isScaled ? k / 3 : k.softmax(0)).transposed)
            weights.append(all.mean(0))
            parts.append(all.matmul(v))
        }
        let attended = Tensor.concatenated(parts, axis: 1).matmul(try matrix(store, "output").transposed)
        #expect(difference(module(x), x + attended.transposed.reshaped([1, 8, 3, 3])) < 1e-4)

        let map = module.map(of: x)
        let mean = (weights[0] + weights[1]) / 2
        let expected = normalization == .softmax ? mean : mean.magnitude / mean.magnitude.sum()
        #expect(map.shape == [1, 1, 3, 3])
        #expect(difference(map.reshaped([9]), expected) < 1e-5)
        #expect(abs(map.sum().scalar - 1) < 1e-5)
    }
}

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct SelectiveFusionTests {
    init() throws { try Engines.open() }

    @Test func itStartsAsTheMean() throws {
        let fusion = try SelectiveFusion(ParameterStore(seed: 1).root, size: 6)
        let (a, b) = (Tensor.normal(shape: [3, 6]), Tensor.normal(shape: [3, 6]))
        let mean = ((a + b) * 0.5).floats
        #expect(zip(fusion(a, b).floats, mean).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func sharesDependOnTheFaceAndSumToOne() throws {
        let store = ParameterStore(seed: 1)
        let fusion = try SelectiveFusion(store.root, size: 4)
        // Half the deviation, because the logistic function of more than 17 is exactly 1 in single precision.
        for entry in store.entries { entry.tensor.copy(from: Tensor.normal(shape: entry.tensor.shape) * 0.5) }
        let (a, b) = (Tensor.normal(shape: [2, 4]), Tensor.normal(shape: [2, 4]))
        let share = fusion.share(a, b)
        let values = share.floats
        #expect(values.allSatisfy { $0 > 0 && $0 < 1 })
        #expect(Array(values[..<4]) != Array(values[4...]), "two faces, two choices")
        let expected = (share * a + (1 - share) * b).floats
        #expect(zip(fusion(a, b).floats, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct DualScaleTests {
    init() throws { try Engines.open() }

    private func stages(_ count: Int = 2) -> InceptionResNetV1.Stages {
        InceptionResNetV1.Stages(
            stem: Tensor.normal(shape: [count, 256, 8, 8]), fine: Tensor.normal(shape: [count, 256, 8, 8]),
            middle: Tensor.normal(shape: [count, 896, 8, 8]), coarse: Tensor.normal(shape: [count, 1792, 3, 3]))
    }

    /// Returns a network in which every part has an effect.
    private func network(_ parts: DualScaleConfiguration) throws -> (DualScaleAttention, ParameterStore) {
        let store = ParameterStore(seed: 2)
        let network = try DualScaleAttention(
            store.root, channels: InceptionResNetV1.channels, dimension: 128, dropout: 0, parts)
        for entry in store.entries where entry.tensor.magnitude.max().scalar == 0 && entry.name.hasSuffix("weight") {
            entry.tensor.copy(from: Tensor.normal(deviation: 0.05, shape: entry.tensor.shape))
        }
        return (network, store)
    }

    private func isSame(_ a: Tensor, _ b: Tensor) -> Bool { (a - b).magnitude.max().scalar < 1e-6 }

    @Test func aMaskedAndABarePictureGoToTheirScales() throws {
        let (network, _) = try network(DualScaleConfiguration())
        let (masked, bare, other) = (stages(), stages(), stages())
        let pair = network(masked, bare: bare, training: false).embedding
        var onlyCoarseIsAnothers = other
        onlyCoarseIsAnothers.coarse = bare.coarse
        let same = network(masked, bare: onlyCoarseIsAnothers, training: false).embedding
        #expect(isSame(pair, same), "of the bare picture only the coarse scale counts")
        var maskedWithOtherCoarse = masked
        maskedWithOtherCoarse.coarse = other.coarse
        #expect(isSame(pair, network(maskedWithOtherCoarse, bare: bare, training: false).embedding))
        #expect(!isSame(pair, network(masked, training: false).embedding))
        #expect(!isSame(pair, network(other, bare: bare, training: false).embedding))
        #expect(
            isSame(
                network(masked, bare: masked, training: false).embedding, network(masked, training: false).embedding),
            "one picture goes to both")
    }

    @Test func headsAndMapsHaveTheirShapesAndPartsCanBeLeftOut() throws {
        var counts: [String: Int] = [:]
        var all: [String: DualScaleConfiguration] = [:]
        for name in ["all", "fine", "coarse", "no attention", "plain fusion", "few neurons"] {
            all[name] = DualScaleConfiguration()
        }
        all["fine"]?.scales = .fine
        all["coarse"]?.scales = .coarse
        all["no attention"]?.attention = nil
        all["plain fusion"]?.isSelective = false
        all["few neurons"]?.neurons = 5
        let sides = [
            "all": [8, 3], "fine": [8], "coarse": [3], "no attention": [], "plain fusion": [8, 3],
            "few neurons": [8, 3],
        ]
        for (name, parts) in all {
            let (network, store) = try network(parts)
            let result = withoutGradients { network(stages(), training: false) }
            #expect(result.embedding.shape == [2, 128] && result.mask.shape == [2, 2], "\(name)")
            #expect(result.attention.map { $0.map.shape } == sides[name]?.map { [2, 1, $0, $0] }, "\(name)")
            #expect(result.attention.map(\.scale) == network.attentiveScales, "\(name)")
            for map in result.attention.map({ $0.map }) {
                #expect(map.sum(1, 2, 3).floats.allSatisfy { abs($0 - 1) < 1e-4 }, "\(name)")
            }
            counts[name] = store.count
        }
        let most = try #require(counts["all"])
        for (name, count) in counts where name != "all" { #expect(count < most, "\(name)") }
    }

    @Test func gradientsReachEveryWeight() throws {
        let (network, store) = try network(DualScaleConfiguration())
        let result = network(stages(3), training: true)
        let total =
            (result.embedding * Tensor.normal(shape: [3, 128])).sum()
            + (result.mask * Tensor.normal(shape: [3, 2])).sum()
        total.backward()
        let unreached = store.trainable.filter { ($0.tensor.gradient?.magnitude.max().scalar ?? 0) == 0 }
        // A bias of all keys' logits cancels out in a softmax over places.
        #expect(Set(unreached.map(\.name)).isSubset(of: ["fine.attention.key.bias", "coarse.attention.key.bias"]))
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func aNewOneLeavesATrainedTrunkAsItWas() throws {
        let values = try InceptionResNetV1.pretrained(ONNXWeights.read(Fixtures.model("facenet-128")))
        let plain = try FaceNetwork(ParameterStore(values).root, FaceNetworkConfiguration())
        var configuration = FaceNetworkConfiguration()
        configuration.dualScale = DualScaleConfiguration()
        let store = ParameterStore(values, seed: 4, new: { values[$0] == nil })
        let network = try FaceNetwork(store.root, configuration)
        let (pixels, count) = try portraits()
        let x = Tensor(pixels, shape: [count, 3, 160, 160])
        let (a, b) = withoutGradients { (plain(x, training: false), network(x, training: false)) }
        for cosine in cosines(a.floats, b.floats) { #expect(cosine > 0.9999) }
    }
}
