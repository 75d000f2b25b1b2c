import Inference
import Tensors
import TestSupport
import Testing

import class Tensors.Tensor

@testable import Networks

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct PeerHeadTests {
    init() throws { try Engines.open() }

    /// The number of values of two blocks of 128 channels, computed independently of this code.
    private static let bodies: [PeerHeadKind: Int] = [
        .convolutions: 295_424, .resnet: 590_848, .resnetSE: 595_984, .googlenet: 52_352, .mobilenetV2: 413_696,
        .efficientnet: 513_600, .lstm: 1_181_696, .amasknet: 594_073, .affNet: 624_896,
    ]

    private static func configuration(_ peer: PeerHeadKind?) -> FaceNetworkConfiguration {
        var configuration = FaceNetworkConfiguration()
        configuration.peer = peer
        return configuration
    }

    private static let shapes = [[2, 256, 8, 8], [2, 256, 8, 8], [2, 896, 8, 8], [2, 1792, 3, 3]]

    private func stages(middle: UInt64 = 3, coarse: UInt64 = 4) -> InceptionResNetV1.Stages {
        let maps = zip(Self.shapes, [1, 2, middle, coarse]).map { relu(Tensor.normal(shape: $0, seed: $1)) }
        return InceptionResNetV1.Stages(stem: maps[0], fine: maps[1], middle: maps[2], coarse: maps[3])
    }

    /// Gives a last layer that starts as zeros an effect.
    private func wake(_ store: ParameterStore) {
        for entry in store.entries where entry.name == "peer.embedding.weight" {
            entry.tensor.copy(from: Tensor.normal(deviation: 0.05, shape: entry.tensor.shape, seed: 6))
        }
    }

    private func distance(_ a: Tensor, _ b: Tensor) -> Float { (a - b).magnitude.max().scalar }

    @Test(arguments: PeerHeadKind.allCases) func everyHeadHasItsCount(kind: PeerHeadKind) throws {
        let (with, without) = (ParameterStore(seed: 1), ParameterStore(seed: 1))
        _ = try FaceNetwork(with.root, Self.configuration(kind))
        _ = try FaceNetwork(without.root, Self.configuration(nil))
        let narrow = (896 + 1792) * 128 + 2 * 128
        let features = kind == .lstm ? 256 : 128 * 9
        #expect(with.count - without.count == narrow + (Self.bodies[kind] ?? 0) + features * 128 + 128)
    }

    @Test(arguments: PeerHeadKind.allCases) func aHeadAddsToWhatTheTrunkSaysAndSeesBothStages(kind: PeerHeadKind) throws
    {
        let store = ParameterStore(seed: 1)
        let network = try FaceNetwork(store.root, Self.configuration(kind))
        let plain = try FaceNetwork(ParameterStore(seed: 1).root, Self.configuration(nil))
        try withoutGradients {
            let bare = plain.embedding(of: stages(), training: false)
            #expect(distance(network.embedding(of: stages(), training: false), bare) < 1e-6)
            wake(store)
            let head = try #require(network.peer)
            func said(_ stages: InceptionResNetV1.Stages) -> Tensor {
                head(middle: stages.middle, coarse: stages.coarse, training: false)
            }
            let whole = said(stages())
            #expect(whole.shape == [2, 128] && whole.floats.allSatisfy(\.isFinite))
            #expect(distance(network.embedding(of: stages(), training: false), bare) > 0.01)
            #expect(distance(whole, said(stages(middle: 8))) > 1e-3)
            #expect(distance(whole, said(stages(coarse: 9))) > 1e-3)
        }
    }

    @Test(arguments: PeerHeadKind.allCases) func gradientsReachEveryValueOfAHead(kind: PeerHeadKind) throws {
        let store = ParameterStore(seed: 1)
        let network = try FaceNetwork(store.root, Self.configuration(kind))
        store.freeze { $0.hasPrefix("trunk.") }
        wake(store)
        let embedding = network.embedding(of: stages(), training: true)
        let target = Tensor.normal(shape: [2, 128], seed: 7)
        (embedding * target).sum().backward()
        let silent = store.trainable.filter {
            $0.name.hasPrefix("peer.") && ($0.tensor.gradient?.magnitude.max().scalar ?? 0) == 0
        }
        #expect(silent.map(\.name) == [])
    }

    @Test(arguments: PeerHeadKind.allCases) func anExportedHeadSaysTheSame(kind: PeerHeadKind) throws {
        let store = ParameterStore(seed: 1)
        let network = try FaceNetwork(store.root, Self.configuration(kind))
        wake(store)
        let names = Array(zip(["stem", "fine", "middle", "coarse"], Self.shapes))
        let graph = ONNXGraph(inputs: names, outputs: ["embedding"], parameters: store) {
            let stages = InceptionResNetV1.Stages(stem: $0[0], fine: $0[1], middle: $0[2], coarse: $0[3])
            return [network.embedding(of: stages, training: false)]
        }
        let expected = withoutGradients { network.embedding(of: stages(), training: false) }
        let folder = try TemporaryFolder()
        let url = try folder.file("head.onnx", graph.serialized(name: "test"))
        let inputs = zip(Self.shapes, stages().all).map { Inference.Tensor(shape: $0, values: $1.floats) }
        let given = try run(url, inputs, precision: .f32)
        #expect(given.count == expected.floats.count)
        let error = zip(given, expected.floats).map { abs($0 - $1) }.max() ?? .infinity
        #expect(error < 2e-5)
    }
}
