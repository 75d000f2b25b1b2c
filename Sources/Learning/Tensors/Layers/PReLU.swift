/// A rectifier with a learnable slope below zero for each channel.
///
/// He et al., *Delving Deep into Rectifiers*, 2015 (arXiv:1502.01852).
public struct PReLU {
    /// What the rectifier is applied to.
    public enum Input: Sendable, Hashable {
        /// `[batch, channels, height, width]`.
        case maps
        /// `[batch, channels]`.
        case vectors
    }

    /// `[channels, 1, 1]` for maps, `[channels]` for vectors.
    public let slope: Tensor

    /// Creates a rectifier whose slopes are called `weight` under `parameters`. They start at 0.25, as in the paper.
    public init(_ parameters: Parameters, channels: Int, of input: Input) throws {
        slope = try parameters.tensor(
            "weight", input == .maps ? [channels, 1, 1] : [channels], .constant(0.25))
    }

    /// Returns the rectified numbers; the shape stays the same.
    public func callAsFunction(_ x: Tensor) -> Tensor { prelu(x, slope: slope) }
}
