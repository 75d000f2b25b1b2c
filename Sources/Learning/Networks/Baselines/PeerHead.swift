import Tensors

/// The baselines of Karamizadeh et al. (2025) and of the DS-AEAN paper, each as a head with its typical blocks on
/// FaceNet's trunk.
public enum PeerHeadKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Plain convolutions, as in DeepMaskNet and FaceMaskNet-21.
    case convolutions
    /// Basic residual units (He et al., 2016).
    case resnet
    /// ArcFace's residual units, with squeeze and excitation (Deng et al., 2019).
    case resnetSE = "resnet-se"
    /// Inception modules (Szegedy et al., 2015).
    case googlenet
    /// Inverted residuals (Sandler et al., 2018).
    case mobilenetV2 = "mobilenet-v2"
    /// Inverted residuals with squeeze and excitation (Tan and Le, 2019).
    case efficientnet
    /// Memory cells that read the map from top to bottom (Hochreiter and Schmidhuber, 1997).
    case lstm
    /// Residual units, and an estimator of the contribution of each channel and position (Zhang et al., 2022).
    case amasknet
    /// Residual units whose input and output are joined by attention (Dai et al., 2021).
    case affNet = "aff-net"
}

/// A head with the blocks of a baseline on the last maps of the trunk. It serves the second comparison with the
/// baselines, in which all networks share one frozen trunk.
///
/// The papers compare whole networks, each trained separately. With a shared trunk there are no whole networks, so this
/// form is our choice. The third stage (averaged to 3 × 3 positions) and the fourth are concatenated and narrowed to
/// ``width`` channels, as many as one scale of DS-AEAN has. Two of the baseline's blocks follow, then a linear map that
/// starts at zero. The result is added to the trunk's embedding, as in feature fusion and DS-AEAN.
struct PeerHead {
    /// The number of channels of the blocks.
    static let width = 128
    /// The number of positions in each direction.
    static let side = 3
    /// The number of blocks.
    private static let blocks = 2

    private let narrow: NormalizedConvolution
    private let body: any PeerBody
    private let embedding: FeatureExtractor

    /// Creates a head with values under `parameters`: `narrow`, `body`, `embedding`.
    ///
    /// - Parameters:
    ///   - channels: The channels of the trunk's third and fourth stage.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1.
    init(
        _ parameters: Parameters, _ kind: PeerHeadKind, channels: (middle: Int, coarse: Int), dimension: Int,
        dropout: Double
    ) throws {
        narrow = try NormalizedConvolution(
            parameters["narrow"], in: channels.middle + channels.coarse, out: Self.width, kernel: 1)
        body = try kind.body(parameters["body"], channels: Self.width, blocks: Self.blocks)
        embedding = try FeatureExtractor(
            parameters["embedding"], in: body.features(side: Self.side), dimension: dimension, dropout: dropout)
    }

    /// Maps `[batch, 896, 8, 8]` and `[batch, 1792, 3, 3]` to `[batch, dimension]`, which is not scaled to length 1.
    func callAsFunction(middle: Tensor, coarse: Tensor, training: Bool) -> Tensor {
        let pooled = averagePool(middle, kernel: 4, stride: 2)
        let map = narrow(Tensor.concatenated([pooled, coarse], axis: 1), training: training)
        return embedding(body(map, training: training), training: training)
    }
}

/// The blocks of a baseline.
private protocol PeerBody {
    /// Maps `[batch, width, side, side]` to features with the batch as the first axis.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor
    /// Returns the number of features per face.
    func features(side: Int) -> Int
}

extension PeerHeadKind {
    fileprivate func body(_ parameters: Parameters, channels: Int, blocks: Int) throws -> any PeerBody {
        func chain(_ make: (Parameters) throws -> (Tensor, Bool) -> Tensor) throws -> BlockChain {
            BlockChain(try (0..<blocks).map { try make(parameters[$0]) }, channels: channels)
        }
        func residual(_ unit: ResidualUnit) throws -> BlockChain {
            try chain { try unit.make($0, in: channels, out: channels, stride: 1).callAsFunction }
        }
        func inverted(_ form: InvertedResidual.Form) throws -> BlockChain {
            try chain { try InvertedResidual($0, in: channels, out: channels, form).callAsFunction }
        }
        switch self {
        case .convolutions:
            return try chain { try NormalizedConvolution($0, in: channels, out: channels).callAsFunction }
        case .resnet: return try residual(.basic)
        case .resnetSE: return try residual(.improved)
        case .affNet: return try residual(.fused)
        case .googlenet: return try chain { try InceptionModule($0, in: channels, .level(channels)).callAsFunction }
        case .mobilenetV2: return try inverted(.init(expansion: 6, activation: MobileNetV2.rectifiedTo6))
        case .efficientnet: return try inverted(.init(expansion: 6, squeezedShare: 0.25, activation: silu))
        case .lstm: return try MemoryBody(parameters, channels: channels, side: PeerHead.side)
        case .amasknet:
            return ContributionBody(
                try residual(.basic), try ContributionEstimator(parameters["estimator"], channels: channels))
        }
    }
}

/// A chain of blocks that keep the map's shape.
private struct BlockChain: PeerBody {
    private let blocks: [(Tensor, Bool) -> Tensor]
    private let channels: Int

    init(_ blocks: [(Tensor, Bool) -> Tensor], channels: Int) { (self.blocks, self.channels) = (blocks, channels) }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor { blocks.reduce(x) { $1($0, training) } }

    func features(side: Int) -> Int { channels * side * side }
}

/// AMaskNet's body: blocks whose features are weighted by their contributions.
private struct ContributionBody: PeerBody {
    private let blocks: BlockChain
    private let estimator: ContributionEstimator

    init(_ blocks: BlockChain, _ estimator: ContributionEstimator) {
        (self.blocks, self.estimator) = (blocks, estimator)
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let map = blocks(x, training: training)
        return map * estimator.channels(map) * estimator.places(map)
    }

    func features(side: Int) -> Int { blocks.features(side: side) }
}

/// Two layers of memory cells with one step per row of positions.
private struct MemoryBody: PeerBody {
    private let lower: MemoryLayer
    private let upper: MemoryLayer
    private let rowSize: Int
    private let rows: Int
    private let cells: Int

    /// Creates a body with twice as many cells as channels, as many as the whole network has (``RecurrentNetwork``).
    init(_ parameters: Parameters, channels: Int, side: Int) throws {
        (rowSize, rows, cells) = (channels * side, side, 2 * channels)
        lower = try MemoryLayer(parameters["lower"], in: rowSize, cells: cells)
        upper = try MemoryLayer(parameters["upper"], in: cells, cells: cells)
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let steps = x.permuted([0, 2, 1, 3]).reshaped([-1, rows, rowSize])
        let middle = lower(steps).map { $0.reshaped([-1, 1, cells]) }
        return upper(Tensor.concatenated(middle, axis: 1))[rows - 1]
    }

    func features(side: Int) -> Int { cells }
}

extension InceptionModule.Widths {
    /// Returns the widths of a module with `channels` output channels, in the proportions of module "5a" in table 1.
    fileprivate static func level(_ channels: Int) -> InceptionModule.Widths {
        let (out3, out5, pooled) = (channels * 3 / 8, channels / 8, channels / 8)
        return .init(
            point: channels - out3 - out5 - pooled, narrow3: channels * 3 / 16, out3: out3, narrow5: channels / 16,
            out5: out5, pooled: pooled)
    }
}
