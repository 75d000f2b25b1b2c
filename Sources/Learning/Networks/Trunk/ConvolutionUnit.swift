import Tensors

/// How a convolution's results are brought to one scale.
public enum Normalization: String, Sendable, Hashable, Codable, CaseIterable {
    /// Batch normalisation after each convolution: for training from the beginning.
    case batch
    /// None: it has been folded into the kernels and biases, as in weights that were made for running. Fine-tuning then
    /// leaves the statistics as they were.
    case folded
}

/// Convolution, normalisation, rectifier: what Inception networks are made of.
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
        // As in the original: no learnable scale, because the rectifier's successor rescales anyway.
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

/// Units one after the other.
struct UnitSequence {
    private let units: [ConvolutionUnit]

    init(_ units: ConvolutionUnit...) { self.units = units }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        units.reduce(x) { $1($0, training: training) }
    }
}
