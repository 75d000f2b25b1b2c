import Tensors

/// A block that is wide inside and narrow at both ends: the inverted residual of MobileNetV2 and the MBConv of
/// EfficientNet.
///
/// Sandler et al., 2018 (arXiv:1801.04381), table 1: a 1 × 1 convolution that widens, a depthwise convolution, and a
/// 1 × 1 convolution that narrows, without an activation. The result is added to the input if the shape stays the same.
/// Tan and Le, 2019 (arXiv:1905.11946), add squeeze and excitation after the depthwise convolution.
struct InvertedResidual {
    /// The form of a block.
    struct Form {
        /// The factor by which the block is wider inside than at its input; with 1 there is no widening convolution.
        var expansion: Int
        /// The side of the depthwise kernel.
        var kernel = 3
        /// The stride of the depthwise convolution.
        var stride = 1
        /// The number of squeezed channels as a share of the block's input channels; `nil` for no squeeze and
        /// excitation.
        var squeezedShare: Double?
        /// The activation of the inner layers.
        var activation: (Tensor) -> Tensor
    }

    private let widen: NormalizedConvolution?
    private let depthwise: NormalizedConvolution
    private let gate: SqueezeExcitation?
    private let narrow: NormalizedConvolution
    private let isAdded: Bool

    /// Creates a block with values under `parameters`: `widen`, `depthwise`, `gate`, `narrow`.
    init(_ parameters: Parameters, in inputs: Int, out outputs: Int, _ form: Form) throws {
        let inner = inputs * form.expansion
        widen =
            form.expansion == 1
            ? nil
            : try NormalizedConvolution(
                parameters["widen"], in: inputs, out: inner, kernel: 1, activation: form.activation)
        depthwise = try NormalizedConvolution(
            parameters["depthwise"], in: inner, out: inner, kernel: form.kernel, stride: form.stride, groups: inner,
            activation: form.activation)
        gate = try form.squeezedShare.map { share in
            try SqueezeExcitation(
                parameters["gate"], channels: inner, squeezed: Int(Double(inputs) * share), activation: form.activation)
        }
        narrow = try NormalizedConvolution(
            parameters["narrow"], in: inner, out: outputs, kernel: 1, activation: nil)
        isAdded = form.stride == 1 && inputs == outputs
    }

    /// Maps `[batch, in, height, width]` to `[batch, out, height / stride, width / stride]`.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let wide = depthwise(widen?(x, training: training) ?? x, training: training)
        let y = narrow(gate?(wide) ?? wide, training: training)
        return isAdded ? x + y : y
    }
}

/// A row of the architecture tables of MobileNetV2 and EfficientNet: a sequence of equal blocks, of which only the
/// first has the stride.
struct InvertedResidualStage {
    var expansion: Int
    var channels: Int
    var blocks: Int
    var stride: Int
    var kernel = 3

    /// Creates the row's blocks, numbered from `first` under `parameters`.
    func make(
        _ parameters: Parameters, from first: Int, in inputs: Int, squeezedShare: Double?,
        activation: @escaping (Tensor) -> Tensor
    ) throws -> [InvertedResidual] {
        try (0..<blocks).map { index in
            let form = InvertedResidual.Form(
                expansion: expansion, kernel: kernel, stride: index == 0 ? stride : 1, squeezedShare: squeezedShare,
                activation: activation)
            return try InvertedResidual(
                parameters[first + index], in: index == 0 ? inputs : channels, out: channels, form)
        }
    }

    /// Creates the blocks of all rows in order.
    static func blocks(
        _ stages: [InvertedResidualStage], _ parameters: Parameters, in inputs: Int, squeezedShare: Double?,
        activation: @escaping (Tensor) -> Tensor
    ) throws -> [InvertedResidual] {
        var blocks: [InvertedResidual] = []
        var inputs = inputs
        for stage in stages {
            blocks += try stage.make(
                parameters, from: blocks.count, in: inputs, squeezedShare: squeezedShare, activation: activation)
            inputs = stage.channels
        }
        return blocks
    }
}
