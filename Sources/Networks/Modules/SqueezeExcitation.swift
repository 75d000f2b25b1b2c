public import Tensors

/// Channel attention: each channel is rescaled by a gate computed from all channels.
///
/// Hu et al., *Squeeze-and-Excitation Networks*, 2018 (arXiv:1709.01507).
public struct SqueezeExcitation {
    private let squeeze: Conv2d
    private let excite: Conv2d

    /// A module whose weights are called `squeeze` and `excite` under `parameters`.
    public init(_ parameters: Parameters, channels: Int, reduction: Int = 16) throws {
        squeeze = try Conv2d(parameters["squeeze"], in: channels, out: channels / reduction, kernel: 1)
        excite = try Conv2d(parameters["excite"], in: channels / reduction, out: channels, kernel: 1)
    }

    /// `[batch, channels, height, width]` → the same shape.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        x * sigmoid(excite(relu(squeeze(x.mean(2, 3, keepingAxes: true)))))
    }
}
