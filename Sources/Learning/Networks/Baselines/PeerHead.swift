import Tensors

/// The networks that papers B and C compare with, each by what is its own, as a head on FaceNet's trunk.
public enum PeerHeadKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Convolutions one after the other: what DeepMaskNet and FaceMaskNet-21 are made of.
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
    /// Residual units, and an estimator of what each channel and place contributes (Zhang et al., 2022).
    case amasknet
    /// Residual units that join what they have found and what they were given by attention (Dai et al., 2021).
    case affNet = "aff-net"
}

/// What a network that the papers compare with makes of the trunk's last maps: the second of their two comparisons, in
/// which the trunk is the same for all, and frozen.
///
/// The papers compare whole networks, each trained by itself; on a trunk that is shared there is no whole network left.
/// Ours: the third stage (averaged to 3 × 3 places) and the fourth side by side, narrowed to ``width`` channels, as many as
/// a scale of DS-AEAN has; two of the network's own blocks; a linear map that starts at zero. What comes out is added to
/// what the trunk says, as feature fusion and DS-AEAN do.
struct PeerHead {
    /// How many channels the blocks have.
    static let width = 128
    /// Places in each direction.
    static let side = 3
    /// How many blocks there are.
    private static let blocks = 2

    private let narrow: NormalizedConvolution
    private let body: any PeerBody
    private let embedding: FeatureExtractor

    /// A head with values under `parameters`: `narrow`, `body`, `embedding`.
    ///
    /// - Parameters:
    ///   - channels: Those of the trunk's third and fourth stage.
    ///   - dimension: Length of the embedding.
    ///   - dropout: The share of the last features that training leaves out, from 0 to under 1.
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

    /// `[batch, 896, 8, 8]` and `[batch, 1792, 3, 3]` → `[batch, dimension]`, not of length 1.
    func callAsFunction(middle: Tensor, coarse: Tensor, training: Bool) -> Tensor {
        let pooled = averagePool(middle, kernel: 4, stride: 2)
        let map = narrow(Tensor.concatenated([pooled, coarse], axis: 1), training: training)
        return embedding(body(map, training: training), training: training)
    }
}

/// A network's own blocks.
private protocol PeerBody {
    /// `[batch, width, side, side]` → features, the batch first.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor
    /// How many features a face has.
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

/// Blocks that keep the map's shape.
private struct BlockChain: PeerBody {
    private let blocks: [(Tensor, Bool) -> Tensor]
    private let channels: Int

    init(_ blocks: [(Tensor, Bool) -> Tensor], channels: Int) { (self.blocks, self.channels) = (blocks, channels) }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor { blocks.reduce(x) { $1($0, training) } }

    func features(side: Int) -> Int { channels * side * side }
}

/// AMaskNet: what the blocks find, weighted by what it contributes.
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

/// Two layers of memory cells, a step for each row of places.
private struct MemoryBody: PeerBody {
    private let lower: MemoryLayer
    private let upper: MemoryLayer
    private let rowSize: Int
    private let rows: Int
    private let cells: Int

    /// Two times as many cells as there are channels, as many as the whole network has (``RecurrentNetwork``).
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
    /// A module that gives `channels` channels: the shares of table 1's '5a'.
    fileprivate static func level(_ channels: Int) -> InceptionModule.Widths {
        let (out3, out5, pooled) = (channels * 3 / 8, channels / 8, channels / 8)
        return .init(
            point: channels - out3 - out5 - pooled, narrow3: channels * 3 / 16, out3: out3, narrow5: channels / 16,
            out5: out5, pooled: pooled)
    }
}
