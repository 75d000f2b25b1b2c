public import Tensors

/// What is left of DS-AEAN where only the means over the places of a trunk's stages are known: a hidden layer for each
/// scale, selective fusion, and the heads.
///
/// It learns in seconds what the whole network learns in minutes, so that its sizes and the training's length can be
/// searched for as paper C searches for them: hidden neurons, epochs, steps per epoch.
public struct DualScaleHead {
    /// One scale's hidden layer.
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

    /// A head with values under `parameters`: `fine`, `coarse`, `fusion`, `embedding`, `mask`.
    ///
    /// - Parameters:
    ///   - fineSize: How many numbers the fine scale has.
    ///   - coarseSize: How many the coarse scale has.
    ///   - neurons: Those of each hidden layer.
    ///   - dimension: Length of the embedding.
    ///   - dropout: The share of hidden neurons that training leaves out.
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

    /// Embeddings of length 1, `[batch, dimension]`, and unnormalised logarithms of the probabilities of a bare and of a
    /// masked face, `[batch, 2]`.
    ///
    /// - Parameters:
    ///   - fineMeans: `[batch, fineSize]`.
    ///   - coarseMeans: `[batch, coarseSize]`.
    ///   - identity: The trunk's own embedding, of length 1, to which the head adds: `[batch, dimension]`.
    public func callAsFunction(
        fine fineMeans: Tensor, coarse coarseMeans: Tensor, identity: Tensor, training: Bool
    ) -> (embedding: Tensor, mask: Tensor) {
        let joined = fusion(fine(fineMeans), coarse(coarseMeans))
        return ((identity + embedding(joined, training: training)).normalized(), mask(joined))
    }
}
