import Tensors

/// A depthwise separable convolution as YuNet has it: first across channels, then within each channel; followed by
/// normalization and a rectifier unless it is the last layer of a head.
struct SeparableUnit {
    /// What follows the convolutions.
    enum Ending: Equatable {
        /// Normalization and a rectifier.
        case rectified(Normalization)
        /// Nothing; the biases start at this number.
        case plain(bias: Double)
    }

    private let across: Conv2d
    private let within: Conv2d
    private let normalization: BatchNorm2d?
    private let isRectified: Bool

    /// Creates a unit whose values are called `conv1.…`, `conv2.…` and, with batch normalization, `bn.…`.
    init(_ parameters: Parameters, in inputs: Int, out outputs: Int, _ ending: Ending) throws {
        let isNormalized = ending == .rectified(.batch)
        var bias = Initialization.zeros
        if case .plain(let value) = ending { bias = .constant(value) }
        across = try Conv2d(parameters["conv1"], in: inputs, out: outputs, kernel: 1)
        within = try Conv2d(
            parameters["conv2"], in: outputs, out: outputs, kernel: 3, padding: 1, groups: outputs,
            bias: !isNormalized, biases: bias)
        normalization = isNormalized ? try BatchNorm2d(parameters["bn"], channels: outputs) : nil
        if case .rectified = ending { isRectified = true } else { isRectified = false }
    }

    /// Maps `[batch, in, height, width]` to `[batch, out, height, width]`.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let y = within(across(x))
        let normalized = normalization?(y, training: training) ?? y
        return isRectified ? relu(normalized) : normalized
    }
}
