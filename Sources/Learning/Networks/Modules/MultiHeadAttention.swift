public import Tensors

/// Multi-head self-attention: every token attends to every other one, separately in each head.
///
/// Vaswani et al., *Attention Is All You Need*, 2017 (arXiv:1706.03762), section 3.2.2.
public struct MultiHeadAttention {
    private let query: Linear
    private let key: Linear
    private let value: Linear
    private let output: Linear
    private let heads: Int
    private let keySize: Int

    /// Creates a module whose weights are called `query`, `key`, `value` and `output` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - size: The length of a token.
    ///   - heads: The number of attention heads.
    ///   - keySize: The length of a head's keys; `size / heads` by default.
    public init(_ parameters: Parameters, size: Int, heads: Int, keySize: Int? = nil) throws {
        self.heads = heads
        self.keySize = keySize ?? size / heads
        let inner = heads * self.keySize
        query = try Linear(parameters["query"], in: size, out: inner)
        key = try Linear(parameters["key"], in: size, out: inner)
        value = try Linear(parameters["value"], in: size, out: inner)
        output = try Linear(parameters["output"], in: inner, out: size)
    }

    /// Maps tokens `[batch, count, size]` to the same shape.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        let count = x.shape[1]
        let attended = weights(of: x, count).matmul(split(value(x), count))
        return output(attended.permuted([0, 2, 1, 3]).reshaped([-1, count, heads * keySize]))
    }

    /// Returns the attention weights between tokens: `[batch, heads, count, count]`, with rows that sum to 1.
    public func weights(of x: Tensor) -> Tensor { weights(of: x, x.shape[1]) }

    private func weights(of x: Tensor, _ count: Int) -> Tensor {
        let products = split(query(x), count).matmul(split(key(x), count).transposed)
        return (products / Double(keySize).squareRoot()).softmax()
    }

    /// Maps `[batch, count, heads · keySize]` to `[batch, heads, count, keySize]`.
    private func split(_ x: Tensor, _ count: Int) -> Tensor {
        x.reshaped([-1, count, heads, keySize]).permuted([0, 2, 1, 3])
    }
}

/// Multi-head attention over the positions of a feature map, added to the map.
public struct MapAttention {
    private let normalization: LayerNorm
    private let attention: MultiHeadAttention
    private let channels: Int

    /// Creates a module whose values are called `normalization` and `attention` under `parameters`.
    public init(_ parameters: Parameters, channels: Int, heads: Int) throws {
        normalization = try LayerNorm(parameters["normalization"], size: channels)
        attention = try MultiHeadAttention(parameters["attention"], size: channels, heads: heads)
        self.channels = channels
    }

    /// Maps `[batch, channels, height, width]` to the same shape.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        let shape = x.shape
        let tokens = x.reshaped([-1, channels, shape[2] * shape[3]]).transposed
        let changed = attention(normalization(tokens))
        return x + changed.transposed.reshaped([-1, channels, shape[2], shape[3]])
    }
}
