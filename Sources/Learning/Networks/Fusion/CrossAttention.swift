import Tensors

/// Cross-attention from the embedding to the context: softmax(Q Kᵀ / √d) V, with Q from the embedding and K and V from
/// the context.
///
/// Karamizadeh et al. (2025), equations 8 and 9.
struct CrossAttention {
    private let query: Linear
    private let key: Linear
    private let value: Linear
    private let size: Int

    init(_ parameters: Parameters, dimension: Int, size: Int) throws {
        query = try Linear(parameters["query"], in: dimension, out: size)
        key = try Linear(parameters["key"], in: size, out: size)
        value = try Linear(parameters["value"], in: size, out: size)
        self.size = size
    }

    /// Maps `[batch, dimension]` and `[batch, count, size]` to `[batch, size]`.
    func callAsFunction(_ embedding: Tensor, _ tokens: Tensor) -> Tensor {
        let asked = query(embedding).reshaped([-1, 1, size])
        let weights = (asked.matmul(key(tokens).transposed) / Double(size).squareRoot()).softmax()
        return weights.matmul(value(tokens)).reshaped([-1, size])
    }
}

/// A transformer encoder block over the embedding and the context's tokens, with 4 heads and keys of 64 numbers.
///
/// Karamizadeh et al. (2025), equation 11, with the normalization before each part (Xiong et al., 2020,
/// arXiv:2002.04745).
struct TransformerBlock {
    private let before: LayerNorm
    private let attention: MultiHeadAttention
    private let between: LayerNorm
    private let wide: Linear
    private let narrow: Linear
    private let size: Int

    init(_ parameters: Parameters, size: Int) throws {
        before = try LayerNorm(parameters["before"], size: size)
        attention = try MultiHeadAttention(parameters["attention"], size: size, heads: 4, keySize: 64)
        between = try LayerNorm(parameters["between"], size: size)
        wide = try Linear(parameters["wide"], in: size, out: 2 * size)
        narrow = try Linear(parameters["narrow"], in: 2 * size, out: size)
        self.size = size
    }

    /// Returns the output token of the embedding: `[batch, size]`.
    func first(of embedding: Tensor, _ tokens: Tensor) -> Tensor {
        var x = Tensor.concatenated([embedding.reshaped([-1, 1, size]), tokens], axis: 1)
        x = x + attention(before(x))
        let token = x.slice(1, 0..<1).reshaped([-1, size])
        return token + narrow(relu(wide(between(token))))
    }
}

/// The sum of the context's tokens with weights that depend on the context, for concatenation with the embedding.
struct WeightedConcatenation {
    private let scoring: Linear
    private let output: Linear
    private let size: Int

    init(_ parameters: Parameters, dimension: Int, size: Int) throws {
        scoring = try Linear(parameters["scoring"], in: size, out: 1)
        output = try Linear(parameters["output"], in: size, out: size)
        self.size = size
    }

    /// Maps `[batch, count, size]` to `[batch, size]`.
    func callAsFunction(_ tokens: Tensor) -> Tensor {
        let weights = scoring(tokens).softmax(1)
        return relu(output((tokens * weights).sum(1)))
    }
}
