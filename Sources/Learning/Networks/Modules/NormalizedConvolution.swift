import Tensors

/// A convolution without a bias, batch normalization with a scale, and an activation: the common building block of
/// recent networks. An odd kernel keeps the extents, apart from the stride.
struct NormalizedConvolution {
    private let convolution: Conv2d
    private let normalization: BatchNorm2d
    private let activation: ((Tensor) -> Tensor)?

    /// Creates a block with values called `conv.weight` and `bn.…` under `parameters`.
    ///
    /// - Parameter activation: The activation; `nil` for none.
    init(
        _ parameters: Parameters, in inputs: Int, out outputs: Int, kernel: Int = 3, stride: Int = 1, groups: Int = 1,
        activation: ((Tensor) -> Tensor)? = relu
    ) throws {
        convolution = try Conv2d(
            parameters["conv"], in: inputs, out: outputs, kernel: kernel, stride: stride, padding: kernel / 2,
            groups: groups, bias: false)
        normalization = try BatchNorm2d(parameters["bn"], channels: outputs)
        self.activation = activation
    }

    /// Maps `[batch, in, height, width]` to `[batch, out, height / stride, width / stride]`, rounded up.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let y = normalization(convolution(x), training: training)
        return activation?(y) ?? y
    }
}
