public import Tensors

/// A convolution whose kernel, as a matrix, never stretches a vector: its largest singular value is 1.
///
/// Miyato et al., *Spectral Normalization for Generative Adversarial Networks*, 2018 (arXiv:1802.05957), algorithm 1: one
/// step of the power iteration for each step of training. It keeps a discriminator from growing steeper than a generator
/// can follow.
public struct SpectralConvolution {
    private let weight: Tensor
    private let bias: Tensor
    private let left: Tensor
    private let steps: ConvolutionSteps

    /// Values called `weight` and `bias`, and the power iteration's vector `u`, under `parameters`.
    public init(
        _ parameters: Parameters, in inputs: Int, out outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0
    ) throws {
        var steps = ConvolutionSteps()
        (steps.stride, steps.padding) = ((stride, stride), (padding, padding))
        self.steps = steps
        weight = try parameters.tensor(
            "weight", [outputs, inputs, kernel, kernel], .he(fanIn: inputs * kernel * kernel))
        bias = try parameters.tensor("bias", [outputs], .zeros)
        left = try parameters.buffer("u", [1, outputs], .normal(1))
    }

    /// A kernel brought to its scale, for all pictures of a step.
    public struct Kernel {
        let weight: Tensor
        let bias: Tensor
        let steps: ConvolutionSteps

        /// The same without a way for gradients to the values: what a generator learns from.
        var detached: Kernel { Kernel(weight: weight.detached, bias: bias.detached, steps: steps) }

        /// `[batch, in, height, width]` → `[batch, out, height′, width′]`.
        func callAsFunction(_ x: Tensor) -> Tensor { convolve(x, weight: weight, bias: bias, steps) }
    }

    /// The kernel divided by the estimate of its largest singular value.
    ///
    /// - Parameter isLearning: Whether the power iteration makes a step.
    public func kernel(isLearning: Bool) -> Kernel {
        let rows = weight.shape[0]
        let matrix = weight.reshaped([rows, weight.count / rows])
        let (u, v) = withoutGradients { () -> (Tensor, Tensor) in
            let fixed = matrix.detached
            let v = left.matmul(fixed).normalized()
            let u = v.matmul(fixed.transposed).normalized()
            if isLearning { left.copy(from: u) }
            // The step's own vectors, and no view of what the next step overwrites.
            return (u.copied, v)
        }
        let largest = (u.matmul(matrix) * v).sum(1, keepingAxes: true).reshaped([1, 1, 1, 1])
        return Kernel(weight: weight / largest, bias: bias, steps: steps)
    }
}
