import Inference
import Tensors
import TestSupport
import Testing

import class Tensors.Tensor

@testable import Networks

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct BaselineTests {
    init() throws { try Engines.open() }

    /// Returns spots of 16 pixels, with other colors in each picture.
    ///
    /// Noise per pixel would look the same to networks that average over places.
    private func faces(_ count: Int) -> Tensor {
        let spots = Tensor.uniform(-1..<1, shape: [count, 3, 7, 7], seed: 5)
        return resize(spots, height: BackboneKind.side, width: BackboneKind.side)
    }

    /// The number of values of the whole network, computed layer by layer independently of this code.
    private static let counts: [BackboneKind: Int] = [
        .resnet: 2_831_776, .resnetSE: 4_427_772, .googlenet: 1_566_864, .efficientnet: 4_171_516,
        .mobilenetV2: 2_387_840, .lstm: 3_573_888, .amasknet: 2_844_369, .deepmasknet: 7_874_368,
        .facemasknet21: 2_502_904, .affNet: 3_010_656, .facenet: 22_779_312,
        .strengthened: 26_020_891,
    ]

    @Test(arguments: BackboneKind.allCases)
    func everyKindGivesEmbeddingsAndHasItsCount(kind: BackboneKind) throws {
        let store = ParameterStore(seed: 1)
        let network = try kind.make(store.root)
        let y = withoutGradients { network(faces(2), training: false) }
        #expect(y.shape == [2, 128])
        #expect(y.floats.allSatisfy { $0.isFinite })
        #expect(store.count == Self.counts[kind])
        let small = try kind.make(ParameterStore(seed: 1).root, dimension: 7, dropout: 0.4)
        let short = withoutGradients { small(faces(1), training: false) }
        #expect(short.shape == [1, 7])
    }

    @Test(arguments: BackboneKind.allCases) func facesMayBeSmaller(kind: BackboneKind) throws {
        let store = ParameterStore(seed: 1)
        let network = try kind.make(store.root, side: 80)
        let y = withoutGradients { network(resize(faces(2), height: 80, width: 80), training: false) }
        #expect(y.shape == [2, 128] && y.floats.allSatisfy { $0.isFinite })
        // Only layers that map all places at once have fewer values then.
        let mapsPlaces: Set<BackboneKind> = [.resnetSE, .lstm, .deepmasknet, .facemasknet21]
        #expect((store.count < Self.counts[kind] ?? 0) == mapsPlaces.contains(kind))
        #expect(store.count <= Self.counts[kind] ?? 0)
    }

    @Test func atFullWidthTheTrunksHaveThePublishedCounts() throws {
        func trunk(_ head: Int, _ make: (Parameters) throws -> Void) throws -> Int {
            let store = ParameterStore(seed: 1)
            try make(store.root)
            return store.count - head
        }
        // torchvision's counts, without their linear maps to 1,000 classes.
        let linear512 = 512 * 128 + 128, linear1280 = 1280 * 128 + 128
        let resnet = try trunk(linear512) { _ = try ResidualNetwork($0, width: 1) }
        #expect(resnet == 11_689_512 - 513_000)
        let mobilenet = try trunk(linear1280) { _ = try MobileNetV2($0) }
        #expect(mobilenet == 3_504_872 - 1_281_000)
        let efficientnet = try trunk(linear1280) { _ = try EfficientNet($0) }
        #expect(efficientnet == 5_288_548 - 1_281_000)
        // torchvision's GoogLeNet has kernels of 3 instead of the paper's 5: 16 places fewer each.
        let pairs = [(16, 32), (32, 96), (16, 48), (24, 64), (24, 64), (32, 64), (32, 128), (32, 128), (48, 128)]
        let missing = pairs.reduce(0) { $0 + 16 * $1.0 * $1.1 }
        let linear1024 = 1024 * 128 + 128
        let googlenet = try trunk(linear1024) { _ = try GoogLeNet($0, width: 1) }
        #expect(googlenet == 6_624_904 - 1_025_000 + missing)
    }

    @Test func lastMapsHaveSevenTimesSevenPlaces() throws {
        let x = faces(1)
        func root() -> Parameters { ParameterStore(seed: 1).root }
        let maps: [(Tensor, channels: Int)] = try withoutGradients {
            [
                (try ResidualNetwork(root()).features(x, training: false), 256),
                (try ResidualNetwork(root(), unit: .improved).features(x, training: false), 256),
                (try GoogLeNet(root()).features(x, training: false), 512),
                (try EfficientNet(root()).features(x, training: false), 1280),
                (try MobileNetV2(root()).features(x, training: false), 1280),
                (try AMaskNet(root()).features(x, training: false), 256),
                (try DeepMaskNet(root()).features(x, training: false), 256),
                (try FaceMaskNet21(root()).features(x, training: false), 384),
                (try AttentionalFusionNetwork(root()).features(x, training: false), 256),
            ]
        }
        let facenet = try withoutGradients {
            try FaceNetBackbone(root(), isStrengthened: false).stages(x, training: false)
        }
        #expect(facenet.all.map(\.shape) == [[1, 256, 8, 8], [1, 256, 8, 8], [1, 896, 8, 8], [1, 1792, 3, 3]])
        for (map, channels) in maps { #expect(map.shape == [1, channels, 7, 7]) }
    }

    @Test func contributionsOfPlacesAreShares() throws {
        let network = try AMaskNet(ParameterStore(seed: 1).root)
        let map = withoutGradients { network.placeContributions(faces(2)) }
        #expect(map.shape == [2, 1, 7, 7])
        #expect(map.floats.allSatisfy { (0...1).contains($0) })
    }

    @Test(arguments: BackboneKind.allCases)
    func gradientsReachEveryValue(kind: BackboneKind) throws {
        let store = ParameterStore(seed: 2)
        let network = try kind.make(store.root)
        let optimizer = Optimizer(.adam(), store)
        // Some last layers in sequence start as zeros, and pass no gradient before the third step.
        for _ in 0..<3 {
            store.clearGradients()
            let y = network(faces(4), training: true)
            (y * Tensor.normal(shape: y.shape, seed: 3)).sum().backward()
            optimizer.step(rate: 1e-3)
        }
        let unreached = store.trainable.filter { ($0.tensor.gradient?.magnitude.max().scalar ?? 0) == 0 }
        // The mask's state is not used if only embeddings are compared.
        let unasked = kind == .strengthened ? ["dualScale.mask.weight", "dualScale.mask.bias"] : []
        #expect(Set(unreached.map(\.name)) == Set(unasked))
    }

    @Test(arguments: BackboneKind.allCases)
    func aFewStepsMakeALossSmaller(kind: BackboneKind) throws {
        let store = ParameterStore(seed: 3)
        let network = try kind.make(store.root, dimension: 8)
        let optimizer = Optimizer(.adam(), store)
        let x = faces(4)
        let wanted = Tensor.normal(shape: [4, 8], seed: 4)
        var losses: [Float] = []
        for _ in 0..<8 {
            let loss = (network(x, training: true) - wanted).squared.mean()
            losses.append(loss.scalar)
            store.clearGradients()
            loss.backward()
            // Each of Adam's steps is as long as the rate; with 18,816 features in one linear map, a larger one would
            // overshoot.
            optimizer.step(rate: 5e-5)
        }
        let (first, last) = (losses[0], losses[7])
        #expect(last < 0.95 * first, "\(losses)")
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)), arguments: BackboneKind.allCases)
    func anExportedNetworkGivesTheSameEmbeddings(kind: BackboneKind) throws {
        let store = ParameterStore(seed: 4)
        let network = try kind.make(store.root)
        let x = faces(3)
        let side = BackboneKind.side
        let ours = withoutGradients {
            // Makes the running averages different from 0 and 1.
            _ = network(x, training: true)
            return network(x, training: false).normalized()
        }
        let graph = ONNXGraph(inputs: [("input", [1, 3, side, side])], outputs: ["embedding"], parameters: store) {
            [network($0[0], training: false)]
        }
        let folder = try TemporaryFolder()
        let url = try folder.file("network.onnx", graph.serialized(name: kind.rawValue))
        let values = try run(
            url, [Inference.Tensor(shape: [3, 3, side, side], values: x.floats)], precision: .f32)
        let theirs = Tensor(values, shape: [3, 128]).normalized()
        let error = (ours - theirs).magnitude.max().scalar
        #expect(error < 1e-4)
        // An untrained network may hardly distinguish faces, so the error must be small compared with that difference
        // too.
        let apart = (ours.slice(0, 0..<1) - ours.slice(0, 1..<2)).magnitude.max().scalar
        #expect(error < 0.02 * apart)
    }

    @Test func kindsAreWrittenAsTheyAreCalled() {
        let names = BackboneKind.allCases.map(\.rawValue)
        #expect(
            names == [
                "resnet", "resnet-se", "googlenet", "efficientnet", "mobilenet-v2", "lstm", "amasknet", "deepmasknet",
                "facemasknet-21", "aff-net", "facenet", "facenet-strengthened",
            ])
        #expect(Set(BackboneKind.allCases.map(\.title)).count == 12)
    }
}
