public import Tensors

/// EfficientNet-B0.
///
/// Tan and Le, *EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks*, 2019 (arXiv:1905.11946),
/// table 1, with SiLU, and with squeeze and excitation to a quarter of a block's input as in the usual implementations.
/// The DS-AEAN paper says only "EfficientNet"; B0, the variant without scaling, is our choice. Training skips no blocks
/// (the paper uses stochastic depth of at most 0.2). The first stride is 1 (``BackboneKind``): 4.0 million values in
/// the trunk, 0.4 billion multiplications per face.
public struct EfficientNet: Backbone {
    private let stem: NormalizedConvolution
    private let blocks: [InvertedResidual]
    private let last: NormalizedConvolution
    private let embedding: EmbeddingHead

    /// Stages 2 to 8 of table 1.
    private static let stages: [InvertedResidualStage] = [
        .init(expansion: 1, channels: 16, blocks: 1, stride: 1),
        .init(expansion: 6, channels: 24, blocks: 2, stride: 2),
        .init(expansion: 6, channels: 40, blocks: 2, stride: 2, kernel: 5),
        .init(expansion: 6, channels: 80, blocks: 3, stride: 2),
        .init(expansion: 6, channels: 112, blocks: 3, stride: 1, kernel: 5),
        .init(expansion: 6, channels: 192, blocks: 4, stride: 2, kernel: 5),
        .init(expansion: 6, channels: 320, blocks: 1, stride: 1),
    ]

    /// Creates a network with values under `parameters`: `stem`, `blocks`, `last`, `embedding`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1; the paper's is 0.2.
    public init(_ parameters: Parameters, dimension: Int = 128, dropout: Double = 0) throws {
        stem = try NormalizedConvolution(parameters["stem"], in: 3, out: 32, activation: silu)
        blocks = try InvertedResidualStage.blocks(
            Self.stages, parameters["blocks"], in: 32, squeezedShare: 0.25, activation: silu)
        last = try NormalizedConvolution(parameters["last"], in: 320, out: 1280, kernel: 1, activation: silu)
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
}
