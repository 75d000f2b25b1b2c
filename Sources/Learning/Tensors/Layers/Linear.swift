/// A learnable linear map, `x · weightᵀ + bias` over the last axis.
///
/// ```swift
/// /// Two layers, whose weights are called `hidden.weight`, `hidden.bias`, `out.weight` and `out.bias`.
/// struct Perceptron {
///     let hidden: Linear, out: Linear
///
///     init(_ parameters: Parameters) throws {
///         hidden = try Linear(parameters["hidden"], in: 128, out: 64)
///         out = try Linear(parameters["out"], in: 64, out: 2)
///     }
///
///     func callAsFunction(_ x: Tensor) -> Tensor { out(relu(hidden(x))) }
/// }
/// ```
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
