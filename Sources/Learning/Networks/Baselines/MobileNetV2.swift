public import Tensors

/// MobileNetV2 with width 1.
///
/// Sandler et al., *MobileNetV2: Inverted Residuals and Linear Bottlenecks*, 2018 (arXiv:1801.04381), table 2. The
/// DS-AEAN paper compares itself with a method of Eman et al., 2023, which applies robust principal component analysis
/// to the picture and then MobileNetV2. This baseline is the network alone. The first stride is 1 (``BackboneKind``):
/// 2.2 million values in the trunk, 0.3 billion multiplications per face.
public struct MobileNetV2: Backbone {
    private let stem: NormalizedConvolution
    private let blocks: [InvertedResidual]
    private let last: NormalizedConvolution
    private let embedding: EmbeddingHead

    /// Rows 2 to 8 of table 2: t, c, n, s.
    private static let stages: [InvertedResidualStage] = [
        .init(expansion: 1, channels: 16, blocks: 1, stride: 1),
        .init(expansion: 6, channels: 24, blocks: 2, stride: 2),
        .init(expansion: 6, channels: 32, blocks: 3, stride: 2),
        .init(expansion: 6, channels: 64, blocks: 4, stride: 2),
        .init(expansion: 6, channels: 96, blocks: 3, stride: 1),
        .init(expansion: 6, channels: 160, blocks: 3, stride: 2),
        .init(expansion: 6, channels: 320, blocks: 1, stride: 1),
    ]

    /// Creates a network with values under `parameters`: `stem`, `blocks`, `last`, `embedding`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1.
    public init(_ parameters: Parameters, dimension: Int = 128, dropout: Double = 0) throws {
        stem = try NormalizedConvolution(parameters["stem"], in: 3, out: 32, activation: Self.rectifiedTo6)
        blocks = try InvertedResidualStage.blocks(
            Self.stages, parameters["blocks"], in: 32, squeezedShare: nil, activation: Self.rectifiedTo6)
        last = try NormalizedConvolution(
            parameters["last"], in: 320, out: 1280, kernel: 1, activation: Self.rectifiedTo6)
        embedding = try EmbeddingHead(
            parameters["embedding"], channels: 1280, dimension: dimension, dropout: dropout)
    }

    /// Maps faces `[batch, 3, side, side]` (red, green, blue, −1 to 1) to embeddings `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        embedding(features(x, training: training), training: training)
    }

    /// Returns the last feature map, `[batch, 1280, side / 16, side / 16]`.
    func features(_ x: Tensor, training: Bool) -> Tensor {
        let map = blocks.reduce(stem(x, training: training)) { $1($0, training: training) }
        return last(map, training: training)
    }

    /// Returns the positive part, limited to 6, which the paper chose because it is robust at low precision.
    static func rectifiedTo6(_ x: Tensor) -> Tensor { x.clamped(to: 0...6) }
}
