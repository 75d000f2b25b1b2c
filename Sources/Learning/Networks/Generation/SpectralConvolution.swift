public import Tensors

/// A convolution whose kernel, as a matrix, has 1 as its largest singular value.
///
/// Miyato et al., *Spectral Normalization for Generative Adversarial Networks*, 2018 (arXiv:1802.05957), algorithm 1,
/// with one step of the power iteration per training step. It keeps the discriminator smooth enough for the generator
/// to follow.
public struct SpectralConvolution {
    private let weight: Tensor
    private let bias: Tensor
    private let left: Tensor
    private let steps: ConvolutionSteps

    /// Creates a convolution with values called `weight` and `bias`, and with the power iteration's vector `u`, under
    /// `parameters`.
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

    /// A normalized kernel for all pictures of a step.
    public struct Kernel {
        let weight: Tensor
        let bias: Tensor
        let steps: ConvolutionSteps

        /// The same kernel detached from gradients, for training the generator.
        var detached: Kernel { Kernel(weight: weight.detached, bias: bias.detached, steps: steps) }

        /// Maps `[batch, in, height, width]` to `[batch, out, height′, width′]`.
        func callAsFunction(_ x: Tensor) -> Tensor { convolve(x, weight: weight, bias: bias, steps) }
    }

    /// Returns the kernel divided by the estimate of its largest singular value.
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
            // Copies of the vectors, because the next step overwrites the originals.
            return (u.copied, v)
        }
        let largest = (u.matmul(matrix) * v).sum(1, keepingAxes: true).reshaped([1, 1, 1, 1])
        return Kernel(weight: weight / largest, bias: bias, steps: steps)
    }
}
