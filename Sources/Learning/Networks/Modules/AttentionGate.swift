public import Tensors

/// Where on the feature map to look: each place is weighted by one number between 0 and 1.
///
/// Paper B, 'attention-enhanced FaceNet': a 1×1 convolution and a sigmoid.
public struct AttentionGate {
    private let convolution: Conv2d

    /// A gate whose weights are called `weight` and `bias` under `parameters`.
    ///
    /// It starts wide open (the same weight, nearly 1, everywhere), so that a trained trunk behind which it is put is
    /// not disturbed.
    public init(_ parameters: Parameters, channels: Int) throws {
        convolution = try Conv2d(
            parameters, in: channels, out: 1, kernel: 1, initialization: .zeros, biases: .constant(4))
    }

    /// `[batch, channels, height, width]` → the weights, `[batch, 1, height, width]`.
    public func map(of x: Tensor) -> Tensor { sigmoid(convolution(x)) }

    /// `[batch, channels, height, width]` → the same shape.
    public func callAsFunction(_ x: Tensor) -> Tensor { x * map(of: x) }
}
