public import Tensors

/// The part of DS-AEAN that works on the spatial means of a trunk's stages: a hidden layer for each scale, selective
/// fusion, and the heads.
///
/// It trains in seconds instead of minutes. Its size and the length of the training can therefore be tuned as in the
/// DS-AEAN paper: hidden neurons, epochs, steps per epoch.
public struct DualScaleHead {
    /// The hidden layer of one scale.
    private struct Hidden {
        let normalization: LayerNorm
        let layer: Linear

        init(_ parameters: Parameters, size: Int, neurons: Int) throws {
            normalization = try LayerNorm(parameters["normalization"], size: size)
            layer = try Linear(parameters["layer"], in: size, out: neurons)
        }

        func callAsFunction(_ x: Tensor) -> Tensor { relu(layer(normalization(x))) }
    }

    private let fine: Hidden
    private let coarse: Hidden
    private let fusion: SelectiveFusion
    private let embedding: FeatureExtractor
    private let mask: Linear

    /// Creates a head with values under `parameters`: `fine`, `coarse`, `fusion`, `embedding`, `mask`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - fineSize: The number of inputs of the fine scale.
    ///   - coarseSize: The number of inputs of the coarse scale.
    ///   - neurons: The number of neurons in each hidden layer.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the hidden neurons.
    public init(
        _ parameters: Parameters, fineSize: Int, coarseSize: Int, neurons: Int, dimension: Int, dropout: Double
    ) throws {
        fine = try Hidden(parameters["fine"], size: fineSize, neurons: neurons)
        coarse = try Hidden(parameters["coarse"], size: coarseSize, neurons: neurons)
        fusion = try SelectiveFusion(parameters["fusion"], size: neurons)
        embedding = try FeatureExtractor(
            parameters["embedding"], in: neurons, dimension: dimension, dropout: dropout)
        mask = try Linear(parameters["mask"], in: neurons, out: 2)
    }

    /// Returns embeddings of length 1, `[batch, dimension]`, and the logits of a bare and of a masked face,
    /// `[batch, 2]`.
    ///
    /// - Parameters:
    ///   - fineMeans: `[batch, fineSize]`.
    ///   - coarseMeans: `[batch, coarseSize]`.
    ///   - identity: The trunk's own embedding, of length 1, to which the head adds: `[batch, dimension]`.
    ///   - training: Whether the head is being trained.
    public func callAsFunction(
        fine fineMeans: Tensor, coarse coarseMeans: Tensor, identity: Tensor, training: Bool
    ) -> (embedding: Tensor, mask: Tensor) {
        let joined = fusion(fine(fineMeans), coarse(coarseMeans))
        return ((identity + embedding(joined, training: training)).normalized(), mask(joined))
    }
}
