public import Tensors

/// Whether a face wears a mask: a small network on the aligned crop.
///
/// Depthwise-separable convolutions as in Howard et al., *MobileNets*, 2017 (arXiv:1704.04861), at 96 × 96 pixels:
/// 0.12 million parameters, 15 million multiplications a face.
public struct MaskClassifier {
    /// What the network tells apart, in the order of its outputs.
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

    private let stem: NormalizedConvolution
    private let blocks: [SeparableBlock]
    private let head: Linear
    private let dropoutProbability: Double

    /// A network whose values are called `stem.…`, `blocks.N.…` and `head.…` under `parameters`.
    ///
    /// - Parameter dropout: How much of the last features training leaves out, from 0 to under 1.
    public init(_ parameters: Parameters, dropout: Double = 0.2) throws {
        stem = try NormalizedConvolution(parameters["stem"], in: 3, out: 16, kernel: 3, stride: 2)
        let widths = [(16, 32, 1), (32, 64, 2), (64, 64, 1), (64, 128, 2), (128, 128, 1), (128, 192, 2), (192, 192, 1)]
        blocks = try widths.enumerated().map { index, width in
            try SeparableBlock(parameters["blocks"][index], in: width.0, out: width.1, stride: width.2)
        }
        head = try Linear(parameters["head"], in: 192, out: Wearing.allCases.count)
        dropoutProbability = dropout
    }

    /// Crops → unnormalised logarithms of probabilities.
    ///
    /// - Parameter x: `[batch, 3, 96, 96]`, red, green, blue, −1 to 1.
    /// - Returns: `[batch, 3]`, in the order of ``Wearing``.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let features = blocks.reduce(stem(x, training: training)) { $1($0, training: training) }
        return head(dropout(features.mean(2, 3), dropoutProbability, training: training))
    }
}

/// Each channel by itself, then all channels at each place.
private struct SeparableBlock {
    private let depthwise: NormalizedConvolution
    private let pointwise: NormalizedConvolution

    init(_ parameters: Parameters, in inputs: Int, out outputs: Int, stride: Int) throws {
        depthwise = try NormalizedConvolution(
            parameters["depthwise"], in: inputs, out: inputs, kernel: 3, stride: stride, groups: inputs)
        pointwise = try NormalizedConvolution(parameters["pointwise"], in: inputs, out: outputs, kernel: 1)
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        pointwise(depthwise(x, training: training), training: training)
    }
}

/// Convolution, batch normalisation with a scale, rectifier.
private struct NormalizedConvolution {
    private let convolution: Conv2d
    private let normalization: BatchNorm2d

    init(_ parameters: Parameters, in inputs: Int, out outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1)
        throws
    {
        convolution = try Conv2d(
            parameters["conv"], in: inputs, out: outputs, kernel: kernel, stride: stride, padding: kernel / 2,
            groups: groups, bias: false)
        normalization = try BatchNorm2d(parameters["bn"], channels: outputs)
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        relu(normalization(convolution(x), training: training))
    }
}
