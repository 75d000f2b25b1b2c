import Tensors

/// A convolution without a bias, batch normalisation with a scale, and an activation: what most networks since 2015 are
/// made of. An odd kernel keeps the extents but for the stride.
struct NormalizedConvolution {
    private let convolution: Conv2d
    private let normalization: BatchNorm2d
    private let activation: ((Tensor) -> Tensor)?

    /// Values are called `conv.weight` and `bn.…` under `parameters`.
    ///
    /// - Parameter activation: `nil` for none.
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

    /// `[batch, in, height, width]` → `[batch, out, height / stride, width / stride]`, rounded up.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let y = normalization(convolution(x), training: training)
        return activation?(y) ?? y
    }
}
