import Tensors

/// A head that turns the last feature map into an embedding: the mean over the positions, dropout, a linear map.
struct EmbeddingHead {
    private let layer: Linear
    private let dropoutProbability: Double

    /// Creates a head whose values are called `weight` and `bias` under `parameters`.
    init(_ parameters: Parameters, channels: Int, dimension: Int, dropout: Double) throws {
        layer = try Linear(parameters, in: channels, out: dimension)
        dropoutProbability = dropout
    }

    /// Maps `[batch, channels, height, width]` to `[batch, dimension]`.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        layer(dropout(x.mean(2, 3), dropoutProbability, training: training))
    }
}
