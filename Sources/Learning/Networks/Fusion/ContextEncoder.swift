import Foundation
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

    /// The values that depend on the whole picture, not on the crop: the size and the detector's confidence.
    static let ofThePicture = [9, 10]

    /// Returns the value at the center of its scale.
    static func usual(_ index: Int) -> Float {
        logarithmic[index] > 0 ? exp(centres[index]) - 1 : centres[index]
    }

    /// Maps `[batch, 12]` to values of about −1 to 1. An unknown mask probability becomes 0, the center.
    static func scaled(_ context: Tensor) -> Tensor {
        func row(_ values: [Float]) -> Tensor { Tensor(values, shape: [1, count], on: context.device) }
        let logarithms = (context.maximum(0) + 1).logarithm * row(logarithmic)
        let plain = context * (1 - row(logarithmic))
        let scaled = ((plain + logarithms - row(centres)) / row(scales)).clamped(to: -3...3)
        return scaled * (1 - isUnknown(context))
    }

    /// Maps `[batch, 12]` to 1 where the value is unknown, otherwise 0. Only the mask's entry, the last one, can be.
    private static func isUnknown(_ context: Tensor) -> Tensor {
        let mask = Tensor(
            [Float](repeating: 0, count: count - 1) + [1], shape: [1, count], on: context.device)
        return (context .< -0.5).to(.float32) * mask
    }

    /// Maps `[batch, 12]`, with −1 for an unknown mask probability, to tokens `[batch, 12, size]`.
    public func callAsFunction(_ context: Tensor) -> Tensor {
        // A learned token replaces an unknown value.
        let isUnknown = Self.isUnknown(context).reshaped([-1, Self.count, 1])
        let known = Self.scaled(context).reshaped([-1, Self.count, 1]) * weight + bias
        return known * (1 - isUnknown) + isUnknown * unknown
    }
}
