public import Tensors

/// The normalization of queries and keys in efficient attention (DS-AEAN paper, equations 10 to 12).
public enum AttentionNormalization: String, Sendable, Hashable, Codable, CaseIterable {
    /// Both are divided by the square root of the number of positions.
    case scaling
    /// Queries sum to 1 over their channels, keys over the positions.
    case softmax
}

/// Attention over the positions of a feature map, added to the map. Its cost is linear in the number of positions.
///
/// Shen et al., *Efficient Attention: Attention with Linear Complexities*, 2021 (arXiv:1812.01243), equation 3, which
/// is equation 10 of the DS-AEAN paper: E(Q, K, V) = ρq(Q) · (ρk(K)ᵀ V). Keys and values are multiplied first, so that
/// no matrix of positions × positions is needed. With scaling, the result equals dot-product attention without a
/// softmax, computed in another order.
public struct EfficientAttention {
    private let query: Conv2d
    private let key: Conv2d
    private let value: Conv2d
    private let output: Conv2d
    private let normalization: AttentionNormalization
    private let heads: Int
    private let channels: Int

    /// Creates a module whose values are called `query`, `key`, `value` and `output` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - channels: The channels of the map; a multiple of `heads`.
    ///   - heads: The number of attention heads.
    ///   - normalization: How queries and keys are normalized.
    public init(
        _ parameters: Parameters, channels: Int, heads: Int, normalization: AttentionNormalization
    ) throws {
        precondition(channels % heads == 0, "\(channels) channels can't be divided among \(heads) heads")
        func point(_ name: String, _ initialization: Initialization) throws -> Conv2d {
            try Conv2d(
                parameters[name], in: channels, out: channels, kernel: 1, initialization: initialization)
        }
        let glorot = Initialization.glorot(fanIn: channels, fanOut: channels)
        query = try point("query", glorot)
        key = try point("key", glorot)
        value = try point("value", glorot)
        output = try point("output", glorot)
        (self.heads, self.channels, self.normalization) = (heads, channels, normalization)
    }

    /// Maps `[batch, channels, height, width]` to the same shape.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        let shape = x.shape
        let attended = Self.attend(queries(x), keys(x), tokens(value, x))
        let map = attended.transposed.reshaped([-1, channels, shape[2], shape[3]])
        return x + output(map)
    }

    /// Returns the attention that each position receives: `[batch, 1, height, width]`, at least 0.
    ///
    /// This is the mean over queries and heads of ρq(Q) ρk(K)ᵀ, computed at linear cost like the attention itself. With
    /// softmax, the positions of a map sum to 1. With scaling, weights can be negative, so the map shows their
    /// magnitudes, scaled to a sum of 1.
    public func map(of x: Tensor) -> Tensor {
        let shape = x.shape
        let mean = queries(x).mean(2, keepingAxes: true)
        let weights = mean.matmul(keys(x).transposed).mean(1)
        let shares: Tensor
        switch normalization {
        case .softmax: shares = weights
        case .scaling:
            let sizes = weights.magnitude
            shares = sizes / sizes.sum(2, keepingAxes: true).maximum(1e-12)
        }
        return shares.reshaped([-1, 1, shape[2], shape[3]])
    }

    /// Returns ρq(Q), `[batch, heads, places, size]`.
    private func queries(_ x: Tensor) -> Tensor { normalized(tokens(query, x), axis: 3, places: places(x)) }

    /// Returns ρk(K), `[batch, heads, places, size]`.
    private func keys(_ x: Tensor) -> Tensor { normalized(tokens(key, x), axis: 2, places: places(x)) }

    private func places(_ x: Tensor) -> Int { x.shape[2] * x.shape[3] }

    private func normalized(_ x: Tensor, axis: Int, places: Int) -> Tensor {
        switch normalization {
        case .scaling: x / Double(places).squareRoot()
        case .softmax: x.softmax(axis)
        }
    }

    /// Maps `[batch, channels, height, width]` to `[batch, heads, places, channels / heads]`.
    private func tokens(_ projection: Conv2d, _ x: Tensor) -> Tensor {
        projection(x).reshaped([-1, heads, channels / heads, places(x)]).transposed
    }

    /// Returns Q (Kᵀ V) for normalized queries and keys, at a cost linear in the number of positions.
    static func attend(_ queries: Tensor, _ keys: Tensor, _ values: Tensor) -> Tensor {
        queries.matmul(keys.transposed.matmul(values))
    }
}
