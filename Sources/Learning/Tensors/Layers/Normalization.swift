internal import CTorch

/// Batch normalization: brings each channel to mean 0 and deviation 1. In training, mean and deviation are those of the
/// batch; otherwise they are running averages.
///
/// Ioffe and Szegedy, *Batch Normalization*, 2015 (arXiv:1502.03167).
public struct BatchNorm2d {
    private let weight: Tensor?
    private let bias: Tensor
    private let mean: Tensor
    private let variance: Tensor
    private let momentum: Double
    private let epsilon: Double

    /// Creates a layer whose values are called `weight`, `bias`, `running_mean` and `running_var` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - channels: The number of channels, each of which is normalized by itself.
    ///   - scaled: Whether the layer has a learnable scale in addition to the shift.
    ///   - momentum: The weight of a batch's statistics in the running averages.
    ///   - epsilon: Added to the variance, so that nothing is divided by 0.
    public init(
        _ parameters: Parameters, channels: Int, scaled: Bool = true, momentum: Double = 0.1, epsilon: Double = 1e-5
    ) throws {
        weight = scaled ? try parameters.tensor("weight", [channels], .ones) : nil
        bias = try parameters.tensor("bias", [channels], .zeros)
        mean = try parameters.buffer("running_mean", [channels], .zeros)
        variance = try parameters.buffer("running_var", [channels], .ones)
        self.momentum = momentum
        self.epsilon = epsilon
    }

    /// Normalizes `[batch, channels, …]`; the shape stays the same.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let result = Tensor.make {
            $0.batch_norm(
                x.handle, weight?.handle, bias.handle, mean.handle, variance.handle, training, momentum, epsilon, &$1)
        }
        guard let traced = x.traced else { return Tensor(handle: result) }
        precondition(!training, "a network is exported with training off")
        let scale = weight ?? Tensor.full(1, shape: mean.shape, on: mean.device)
        return Tensor(
            handle: result,
            traced: traced.then(
                "BatchNormalization", [x, scale, bias, mean, variance], ["epsilon": .float(Float(epsilon))]))
    }
}

/// Layer normalization: brings the last axis to mean 0 and deviation 1, then scales and shifts it.
///
/// Ba et al., *Layer Normalization*, 2016 (arXiv:1607.06450).
public struct LayerNorm {
    private let weight: Tensor
    private let bias: Tensor
    private let epsilon: Double

    /// Creates a layer whose values are called `weight` and `bias` under `parameters`.
    public init(_ parameters: Parameters, size: Int, epsilon: Double = 1e-5) throws {
        weight = try parameters.tensor("weight", [size], .ones)
        bias = try parameters.tensor("bias", [size], .zeros)
        self.epsilon = epsilon
    }

    /// Normalizes `[…, size]`; the shape stays the same.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        let result = Tensor.make { $0.layer_norm(x.handle, weight.handle, bias.handle, epsilon, &$1) }
        let attributes: [String: ONNXAttribute] = ["axis": .int(-1), "epsilon": .float(Float(epsilon))]
        return Tensor(
            handle: result, traced: x.traced?.then("LayerNormalization", [x, weight, bias], attributes))
    }
}
