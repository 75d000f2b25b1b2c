public import Tensors

/// An encoder that turns the twelve numbers of a face's context into twelve tokens, so that attention can weight each
/// of them.
///
/// Each number becomes a vector: value · weight + bias (Gorishniy et al., *Revisiting Deep Learning Models for Tabular
/// Data*, 2021, arXiv:2106.11959, section 3.3). The order is that of `ContextVector.names`, version 1.
public struct ContextEncoder {
    /// The number of values in a context.
    public static let count = 12

    /// The centers and scales of the values. Subtracting the center and dividing by the scale brings all values to
    /// about −1 to 1: degrees are divided by 45, luminances by their ranges, and sharpness and size (after a logarithm)
    /// by their spread over photographs.
    private static let centres: [Float] = [0, 0, 0, 0.45, 0.2, 0, 0, 0, 2.7, 4.8, 0.85, 0.5]
    private static let scales: [Float] = [45, 45, 45, 0.25, 0.1, 0.3, 0.2, 0.2, 1, 1, 0.15, 0.5]
    /// The values with a logarithm, sharpness and size, because ratios matter for them, not differences.
    private static let logarithmic: [Float] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]

    private let weight: Tensor
    private let bias: Tensor
    private let unknown: Tensor
    private let size: Int

    /// Creates an encoder whose values are called `weight`, `bias` and `unknown` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - size: The length of a token.
    public init(_ parameters: Parameters, size: Int) throws {
        weight = try parameters.tensor("weight", [Self.count, size], .normal(Double(size).squareRoot() / Double(size)))
        bias = try parameters.tensor("bias", [Self.count, size], .normal(Double(size).squareRoot() / Double(size)))
        unknown = try parameters.tensor("unknown", [size], .zeros)
        self.size = size
    }

    /// Maps `[batch, 12]`, with −1 for an unknown mask probability, to tokens `[batch, 12, size]`.
    public func callAsFunction(_ context: Tensor) -> Tensor {
        let device = context.device
        func row(_ values: [Float]) -> Tensor { Tensor(values, shape: [1, Self.count], on: device) }
        let logarithmic = row(Self.logarithmic)
        let plain = context * (1 - logarithmic)
        let logarithms = (context.maximum(0) + 1).logarithm * logarithmic
        let scaled = ((plain + logarithms - row(Self.centres)) / row(Self.scales)).clamped(to: -3...3)
        // Only the mask's entry, the last one, can be unknown. A learned token then replaces it.
        let mask = row([Float](repeating: 0, count: Self.count - 1) + [1])
        let isUnknown = ((context .< -0.5).to(.float32) * mask).reshaped([-1, Self.count, 1])
        let values = scaled.reshaped([-1, Self.count, 1])
        let known = values * weight + bias
        return known * (1 - isUnknown) + isUnknown * unknown
    }
}
