public import Tensors

/// Channel attention, which rescales each channel by a gate that is computed from all channels.
///
/// Hu et al., *Squeeze-and-Excitation Networks*, 2018 (arXiv:1709.01507).
public struct SqueezeExcitation {
    private let squeeze: Conv2d
    private let excite: Conv2d
    private let activation: (Tensor) -> Tensor

    /// Creates a module whose weights are called `squeeze` and `excite` under `parameters`.
    public init(_ parameters: Parameters, channels: Int, reduction: Int = 16) throws {
        try self.init(parameters, channels: channels, squeezed: channels / reduction)
    }

    /// Creates a module with any number of squeezed channels and with an activation of them, by default a rectifier.
    public init(
        _ parameters: Parameters, channels: Int, squeezed: Int, activation: @escaping (Tensor) -> Tensor = relu
    ) throws {
        squeeze = try Conv2d(parameters["squeeze"], in: channels, out: squeezed, kernel: 1)
        excite = try Conv2d(parameters["excite"], in: squeezed, out: channels, kernel: 1)
        self.activation = activation
    }

    /// Maps `[batch, channels, height, width]` to the same shape.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        x * sigmoid(excite(activation(squeeze(x.mean(2, 3, keepingAxes: true)))))
    }
}
