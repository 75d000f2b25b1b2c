public import Tensors

/// O-Net: the last network of the cascade, which sees squares at 48 pixels and gives the landmarks.
///
/// 389,040 parameters.
public struct OutputNetwork: CascadeNetwork {
    /// The side of the square that the network judges, in pixels.
    public static let side = 48
    /// It judges one square at a time.
    public static let takesAnySize = false

    private let convolutions: [RectifiedConvolution]
    private let dense: RectifiedLinear
    private let classes: Linear
    private let box: Linear
    private let landmarks: Linear?

    /// Creates the network.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - landmarks: Whether the network has landmarks. The published file has them.
    public init(_ parameters: Parameters, landmarks: Bool = true) throws {
        let sizes = [(3, 32, 3), (32, 64, 3), (64, 64, 3), (64, 128, 2)]
        convolutions = try sizes.enumerated().map { index, size in
            try RectifiedConvolution(parameters, index + 1, in: size.0, out: size.1, kernel: size.2)
        }
        dense = try RectifiedLinear(parameters, 5, in: 128 * 3 * 3, out: 256)
        classes = try Linear(parameters["dense6_1"], in: 256, out: 2)
        box = try Linear(parameters["dense6_2"], in: 256, out: 4)
        self.landmarks = landmarks ? try Linear(parameters["dense6_3"], in: 256, out: 10) : nil
    }

    /// Returns the outputs for squares.
    ///
    /// - Parameter x: `[batch, 3, 48, 48]`: red, green and blue, (value − 127.5) / 128.
    public func callAsFunction(_ x: Tensor) -> CascadeOutputs {
        var maps = x
        for (convolution, kernel) in zip(convolutions, [3, 3, 2]) {
            maps = maxPoolRoundingUp(convolution(maps), kernel: kernel, stride: 2)
        }
        let features = dense(convolutions[3](maps))
        return CascadeOutputs(logits: classes(features), box: box(features), landmarks: landmarks?(features))
    }
}
