public import Tensors

/// How efficient attention brings queries and keys to one scale (paper C, equations 10 to 12).
public enum AttentionNormalization: String, Sendable, Hashable, Codable, CaseIterable {
    /// Both divided by the square root of the number of places.
    case scaling
    /// Queries sum to 1 over their channels, keys over the places.
    case softmax
}

/// Attention over the places of a feature map whose cost is linear in their number, added to the map.
///
/// Shen et al., *Efficient Attention: Attention with Linear Complexities*, 2021 (arXiv:1812.01243), equation 3, which
/// paper C takes over as its equation 10: E(Q, K, V) = ρq(Q) · (ρk(K)ᵀ V). Keys and values are brought together first,
/// so that nothing of the size places × places is ever made. With scaling the result is that of dot-product attention
/// without a softmax, in another order of computation.
public struct EfficientAttention {
    private let query: Conv2d
    private let key: Conv2d
    private let value: Conv2d
    private let output: Conv2d
    private let normalization: AttentionNormalization
    private let heads: Int
    private let channels: Int

    /// A module whose values are called `query`, `key`, `value` and `output` under `parameters`.
    ///
    /// - Parameters:
    ///   - channels: Those of the map; a multiple of `heads`.
    ///   - heads: In how many ways places look at each other.
    public init(
        _ parameters: Parameters, channels: Int, heads: Int, normalization: AttentionNormalization
    ) throws {
        precondition(channels % heads == 0, "\(channels) channels cannot be dealt out to \(heads) heads")
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

    /// `[batch, channels, height, width]` → the same shape.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        let shape = x.shape
        let attended = Self.attend(queries(x), keys(x), tokens(value, x))
        let map = attended.transposed.reshaped([-1, channels, shape[2], shape[3]])
        return x + output(map)
    }

    /// How much all places together look at each: `[batch, 1, height, width]`, at least 0.
    ///
    /// The mean over queries and heads of ρq(Q) ρk(K)ᵀ, computed as linearly as the attention itself. With softmax the
    /// places of a map sum to 1; with scaling, whose weights have signs, what is shown is their magnitude, brought to a
    /// sum of 1.
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

    /// ρq(Q), `[batch, heads, places, size]`.
    private func queries(_ x: Tensor) -> Tensor { normalized(tokens(query, x), axis: 3, places: places(x)) }

    /// ρk(K), `[batch, heads, places, size]`.
    private func keys(_ x: Tensor) -> Tensor { normalized(tokens(key, x), axis: 2, places: places(x)) }

    private func places(_ x: Tensor) -> Int { x.shape[2] * x.shape[3] }

    private func normalized(_ x: Tensor, axis: Int, places: Int) -> Tensor {
        switch normalization {
        case .scaling: x / Double(places).squareRoot()
        case .softmax: x.softmax(axis)
        }
    }

    /// `[batch, channels, height, width]` → `[batch, heads, places, channels / heads]`.
    private func tokens(_ projection: Conv2d, _ x: Tensor) -> Tensor {
        projection(x).reshaped([-1, heads, channels / heads, places(x)]).transposed
    }

    /// Q (Kᵀ V) for normalised queries and keys: linear in the number of places.
    static func attend(_ queries: Tensor, _ keys: Tensor, _ values: Tensor) -> Tensor {
        queries.matmul(keys.transposed.matmul(values))
    }
}
