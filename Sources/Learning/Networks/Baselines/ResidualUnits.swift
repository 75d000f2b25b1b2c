import Tensors

/// The kind of the units of a ``ResidualNetwork``.
public enum ResidualUnit: String, Sendable, Hashable, CaseIterable {
    /// The unit of He et al., 2016, figure 5 left: convolution, normalization, rectifier, convolution, normalization,
    /// addition to the input, rectifier.
    case basic
    /// The unit of ArcFace: normalization, convolution, normalization, learned rectifier, convolution, normalization,
    /// squeeze and excitation, addition to the input.
    case improved
    /// The basic unit with an attentional fusion instead of the sum (``AttentionalFusionNetwork``).
    case fused
}

/// A unit of the trunk.
protocol ResidualStep {
    /// Maps `[batch, in, height, width]` to `[batch, out, height / stride, width / stride]`.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor
}

extension ResidualUnit {
    func make(_ parameters: Parameters, in inputs: Int, out outputs: Int, stride: Int) throws -> any ResidualStep {
        switch self {
        case .basic, .fused:
            try BasicUnit(parameters, in: inputs, out: outputs, stride: stride, isFused: self == .fused)
        case .improved: try ImprovedUnit(parameters, in: inputs, out: outputs, stride: stride)
        }
    }
}

/// The skip connection of a unit: the input itself or, if its shape changes, a 1 × 1 convolution of it (He et al.,
/// option B).
private struct Shortcut {
    private let projection: NormalizedConvolution?

    init(_ parameters: Parameters, in inputs: Int, out outputs: Int, stride: Int) throws {
        projection =
            stride == 1 && inputs == outputs
            ? nil
            : try NormalizedConvolution(
                parameters, in: inputs, out: outputs, kernel: 1, stride: stride, activation: nil)
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor { projection?(x, training: training) ?? x }
}

/// The unit of ResNet-18 and ResNet-34.
struct BasicUnit: ResidualStep {
    private let first: NormalizedConvolution
    private let second: NormalizedConvolution
    private let shortcut: Shortcut
    private let fusion: AttentionalFusion?

    init(_ parameters: Parameters, in inputs: Int, out outputs: Int, stride: Int, isFused: Bool = false) throws {
        first = try NormalizedConvolution(parameters["first"], in: inputs, out: outputs, stride: stride)
        second = try NormalizedConvolution(parameters["second"], in: outputs, out: outputs, activation: nil)
        shortcut = try Shortcut(parameters["shortcut"], in: inputs, out: outputs, stride: stride)
        fusion = isFused ? try AttentionalFusion(parameters["fusion"], channels: outputs) : nil
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let residual = second(first(x, training: training), training: training)
        let identity = shortcut(x, training: training)
        return relu(fusion?(identity, residual, training: training) ?? identity + residual)
    }
}

/// The improved residual unit of ArcFace with squeeze and excitation: IR-SE.
///
/// Deng et al., *ArcFace*, 2019 (arXiv:1801.07698v1), section 3.2: BN-Conv-BN-PReLU-Conv-BN with squeeze and
/// excitation; the second convolution has the stride, and no rectifier follows the sum. Channels are squeezed to a
/// sixteenth, as in Hu et al., 2018.
struct ImprovedUnit: ResidualStep {
    private let normalization: BatchNorm2d
    private let first: NormalizedConvolution
    private let second: NormalizedConvolution
    private let gate: SqueezeExcitation
    private let shortcut: Shortcut

    init(_ parameters: Parameters, in inputs: Int, out outputs: Int, stride: Int) throws {
        normalization = try BatchNorm2d(parameters["bn"], channels: inputs)
        let rectifier = try LearnedRectifier(parameters["first"], channels: outputs)
        first = try NormalizedConvolution(
            parameters["first"], in: inputs, out: outputs, activation: rectifier.callAsFunction)
        second = try NormalizedConvolution(
            parameters["second"], in: outputs, out: outputs, stride: stride, activation: nil)
        gate = try SqueezeExcitation(parameters["gate"], channels: outputs)
        shortcut = try Shortcut(parameters["shortcut"], in: inputs, out: outputs, stride: stride)
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let inner = first(normalization(x, training: training), training: training)
        return gate(second(inner, training: training)) + shortcut(x, training: training)
    }
}

/// A rectifier that passes a learned share of negative values, with one share per channel (PReLU).
///
/// He et al., *Delving Deep into Rectifiers*, 2015 (arXiv:1502.01852), equation 1. The shares start at 0.25.
struct LearnedRectifier {
    private let slope: Tensor

    /// Creates a rectifier whose shares are called `slope` under `parameters`.
    init(_ parameters: Parameters, channels: Int) throws {
        slope = try parameters.tensor("slope", [channels, 1, 1], .constant(0.25))
    }

    /// Maps `[batch, channels, height, width]` to the same shape.
    func callAsFunction(_ x: Tensor) -> Tensor { relu(x) - relu(-x) * slope }
}
