public import Tensors

/// An attention gate, which weights each position of a feature map by a number between 0 and 1.
///
/// The "attention-enhanced FaceNet" of Karamizadeh et al. (Technologies 13:450, 2025): a 1×1 convolution and a sigmoid.
public struct AttentionGate {
    private let convolution: Conv2d

    /// Creates a gate whose weights are called `weight` and `bias` under `parameters`.
    ///
    /// It starts open, with the same weight of nearly 1 everywhere, so that it does not disturb a trained trunk before
    /// it.
    public init(_ parameters: Parameters, channels: Int) throws {
        convolution = try Conv2d(
            parameters, in: channels, out: 1, kernel: 1, initialization: .zeros, biases: .constant(4))
    }

    /// Returns the weights of `[batch, channels, height, width]`: `[batch, 1, height, width]`.
    public func map(of x: Tensor) -> Tensor { sigmoid(convolution(x)) }

    /// Maps `[batch, channels, height, width]` to the same shape.
    public func callAsFunction(_ x: Tensor) -> Tensor { x * map(of: x) }
}
