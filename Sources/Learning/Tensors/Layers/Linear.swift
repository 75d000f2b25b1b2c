/// A learnable linear map, `x · weightᵀ + bias` over the last axis.
public struct Linear {
    /// `[out, in]`.
    public let weight: Tensor
    /// `[out]`.
    public let bias: Tensor?

    /// Creates a layer whose weights are called `weight` and `bias` under `parameters`.
    ///
    /// New weights keep the variance of signals and gradients (Glorot and Bengio, 2010) unless `initialization` says
    /// otherwise; biases start at zero.
    public init(
        _ parameters: Parameters, in inputs: Int, out outputs: Int, bias: Bool = true,
        initialization: Initialization? = nil
    ) throws {
        weight = try parameters.tensor(
            "weight", [outputs, inputs], initialization ?? .glorot(fanIn: inputs, fanOut: outputs))
        self.bias = bias ? try parameters.tensor("bias", [outputs], .zeros) : nil
    }

    /// Maps `[…, in]` to `[…, out]`.
    public func callAsFunction(_ x: Tensor) -> Tensor { linear(x, weight: weight, bias: bias) }
}
