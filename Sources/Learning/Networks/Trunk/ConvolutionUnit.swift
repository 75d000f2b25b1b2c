import Tensors

/// The normalization of a convolution's results.
public enum Normalization: String, Sendable, Hashable, Codable, CaseIterable {
    /// Batch normalization after each convolution, for training from random weights.
    case batch
    /// No normalization: it is folded into the kernels and biases, as in weights for inference. Fine-tuning then keeps
    /// the original statistics.
    case folded
}

/// Convolution, normalization and rectifier: the building block of Inception networks.
struct ConvolutionUnit {
    private let convolution: Conv2d
    private let normalization: BatchNorm2d?

    init(
        _ parameters: Parameters, _ kind: Normalization, in inputs: Int, out outputs: Int, kernel: (Int, Int),
        stride: Int = 1, padding: (Int, Int) = (0, 0)
    ) throws {
        convolution = try Conv2d(
            parameters["conv"], in: inputs, out: outputs, kernel: kernel, stride: stride, padding: padding,
            bias: kind == .folded)
        // As in the original, there is no learnable scale, because the layer after the rectifier rescales anyway.
        normalization =
            kind == .batch ? try BatchNorm2d(parameters["bn"], channels: outputs, scaled: false, epsilon: 1e-3) : nil
    }

    init(
        _ parameters: Parameters, _ kind: Normalization, in inputs: Int, out outputs: Int, kernel: Int,
        stride: Int = 1, padding: Int = 0
    ) throws {
        try self.init(
            parameters, kind, in: inputs, out: outputs, kernel: (kernel, kernel), stride: stride,
            padding: (padding, padding))
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let y = convolution(x)
        return relu(normalization?(y, training: training) ?? y)
    }
}

/// A sequence of units.
struct UnitSequence {
    private let units: [ConvolutionUnit]

    init(_ units: ConvolutionUnit...) { self.units = units }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        units.reduce(x) { $1($0, training: training) }
    }
}
