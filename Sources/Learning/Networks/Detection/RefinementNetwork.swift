public import Tensors

/// R-Net: rejects most of P-Net's squares, seen at 24 pixels, and moves the others.
///
/// 100,178 parameters without landmarks.
public struct RefinementNetwork: CascadeNetwork {
    /// The side of the square that the network judges, in pixels.
    public static let side = 24
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
    ///   - landmarks: Whether the network has landmarks. The published file has none, but the paper trains the network with them.
    public init(_ parameters: Parameters, landmarks: Bool = false) throws {
        convolutions = try [(3, 28, 3), (28, 48, 3), (48, 64, 2)].enumerated().map { index, size in
            try RectifiedConvolution(parameters, index + 1, in: size.0, out: size.1, kernel: size.2)
        }
        dense = try RectifiedLinear(parameters, 4, in: 64 * 3 * 3, out: 128)
        classes = try Linear(parameters["dense5_1"], in: 128, out: 2)
        box = try Linear(parameters["dense5_2"], in: 128, out: 4)
        self.landmarks = landmarks ? try Linear(parameters["dense5_3"], in: 128, out: 10) : nil
    }

    /// Returns the outputs for squares.
    ///
    /// - Parameter x: `[batch, 3, 24, 24]`: red, green and blue, (value − 127.5) / 128.
    public func callAsFunction(_ x: Tensor) -> CascadeOutputs {
        let pooled = convolutions.dropLast().reduce(x) { maxPoolRoundingUp($1($0), kernel: 3, stride: 2) }
        let features = dense(convolutions[2](pooled))
        return CascadeOutputs(logits: classes(features), box: box(features), landmarks: landmarks?(features))
    }
}
