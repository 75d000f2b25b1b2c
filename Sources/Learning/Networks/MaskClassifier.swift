public import Tensors

/// A mask classifier: a small network on the aligned crop.
///
/// It has six convolutions, four of them with stride 2, and averages the last map (6 × 6 for 96 × 96 pixels): 0.4
/// million parameters, 35 million multiplications per face. It uses plain convolutions, because depthwise-separable
/// ones with the same number of multiplications are limited by memory access in training and in use.
public struct MaskClassifier {
    /// The classes, in the order of the outputs.
    public enum Wearing: Int, Sendable, Hashable, Codable, CaseIterable {
        /// No mask.
        case bare = 0
        /// A mask over mouth and nose.
        case mask = 1
        /// A mask that leaves the nose, or nose and mouth, uncovered.
        case badlyWorn = 2
    }

    /// The side of the crop, in pixels.
    public static let side = 96

    private let convolutions: [NormalizedConvolution]
    private let head: Linear
    private let dropoutProbability: Double

    /// Creates a network whose values are called `features.N.…` and `head.…` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1.
    public init(_ parameters: Parameters, dropout: Double = 0.2) throws {
        let widths = [(3, 24, 2), (24, 48, 2), (48, 96, 2), (96, 96, 1), (96, 128, 2), (128, 128, 1)]
        convolutions = try widths.enumerated().map { index, width in
            try NormalizedConvolution(
                parameters["features"][index], in: width.0, out: width.1, stride: width.2)
        }
        head = try Linear(parameters["head"], in: 128, out: Wearing.allCases.count)
        dropoutProbability = dropout
    }

    /// Returns the logits of crops.
    ///
    /// - Parameters:
    ///   - x: `[batch, 3, 96, 96]`, red, green, blue, −1 to 1.
    ///   - training: Whether the network is being trained, on which dropout and batch normalization depend.
    /// - Returns: `[batch, 3]`, in the order of ``Wearing``.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let features = convolutions.reduce(x) { $1($0, training: training) }
        return head(dropout(features.mean(2, 3), dropoutProbability, training: training))
    }
}
