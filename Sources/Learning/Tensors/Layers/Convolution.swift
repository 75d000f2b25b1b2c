/// A 2-D convolution with learnable kernels.
public struct Conv2d {
    /// `[out, in / groups, height, width]`.
    public let weight: Tensor
    /// `[out]`.
    public let bias: Tensor?
    let steps: ConvolutionSteps

    /// Creates a convolution whose weights are called `weight` and `bias` under `parameters`.
    ///
    /// New kernels are initialized for rectifiers (He et al., 2015, arXiv:1502.01852) unless `initialization` says
    /// otherwise.
    public init(
        _ parameters: Parameters, in inputs: Int, out outputs: Int, kernel: (Int, Int), stride: Int = 1,
        padding: (Int, Int) = (0, 0), dilation: Int = 1, groups: Int = 1, bias: Bool = true,
        initialization: Initialization? = nil, biases: Initialization = .zeros
    ) throws {
        var steps = ConvolutionSteps()
        steps.stride = (stride, stride)
        steps.padding = padding
        steps.dilation = (dilation, dilation)
        steps.groups = groups
        self.steps = steps
        let fanIn = inputs / groups * kernel.0 * kernel.1
        weight = try parameters.tensor(
            "weight", [outputs, inputs / groups, kernel.0, kernel.1], initialization ?? .he(fanIn: fanIn))
        self.bias = bias ? try parameters.tensor("bias", [outputs], biases) : nil
    }

    /// Creates a convolution with a square kernel.
    public init(
        _ parameters: Parameters, in inputs: Int, out outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
        dilation: Int = 1, groups: Int = 1, bias: Bool = true, initialization: Initialization? = nil,
        biases: Initialization = .zeros
    ) throws {
        try self.init(
            parameters, in: inputs, out: outputs, kernel: (kernel, kernel), stride: stride,
            padding: (padding, padding), dilation: dilation, groups: groups, bias: bias,
            initialization: initialization, biases: biases)
    }

    /// Maps `[batch, in, height, width]` to `[batch, out, height′, width′]`.
    public func callAsFunction(_ x: Tensor) -> Tensor { convolve(x, weight: weight, bias: bias, steps) }
}

/// A transposed 2-D convolution with learnable kernels, which enlarges pictures.
public struct ConvTranspose2d {
    /// `[in, out, height, width]`.
    public let weight: Tensor
    /// `[out]`.
    public let bias: Tensor?
    let steps: ConvolutionSteps

    /// Creates a transposed convolution whose weights are called `weight` and `bias` under `parameters`.
    public init(
        _ parameters: Parameters, in inputs: Int, out outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
        bias: Bool = true
    ) throws {
        var steps = ConvolutionSteps()
        steps.stride = (stride, stride)
        steps.padding = (padding, padding)
        self.steps = steps
        weight = try parameters.tensor(
            "weight", [inputs, outputs, kernel, kernel], .he(fanIn: inputs * kernel * kernel))
        self.bias = bias ? try parameters.tensor("bias", [outputs], .zeros) : nil
    }

    /// Maps `[batch, in, height, width]` to `[batch, out, height′, width′]`.
    public func callAsFunction(_ x: Tensor) -> Tensor { convolveTransposed(x, weight: weight, bias: bias, steps) }
}
