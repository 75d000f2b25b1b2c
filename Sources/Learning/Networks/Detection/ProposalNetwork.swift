public import Tensors

/// P-Net: proposes squares of 12 pixels that may be faces, at every second pixel of a picture.
///
/// 6,632 parameters without landmarks.
public struct ProposalNetwork: CascadeNetwork {
    /// The side of the square that the network judges, in pixels.
    public static let side = 12
    /// It judges every place of a larger picture at once.
    public static let takesAnySize = true

    private let convolutions: [RectifiedConvolution]
    private let classes: Conv2d
    private let box: Conv2d
    private let landmarks: Conv2d?

    /// Creates the network.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - landmarks: Whether the network has landmarks. The published file has none, but the paper trains the network with them.
    public init(_ parameters: Parameters, landmarks: Bool = false) throws {
        convolutions = try [(3, 10), (10, 16), (16, 32)].enumerated().map { index, width in
            try RectifiedConvolution(parameters, index + 1, in: width.0, out: width.1)
        }
        classes = try Conv2d(parameters["conv4_1"], in: 32, out: 2, kernel: 1)
        box = try Conv2d(parameters["conv4_2"], in: 32, out: 4, kernel: 1)
        self.landmarks = landmarks ? try Conv2d(parameters["conv4_3"], in: 32, out: 10, kernel: 1) : nil
    }

    /// Returns the outputs for every place of a picture.
    ///
    /// - Parameter x: `[batch, 3, height, width]` of at least 12 pixels: red, green and blue, (value − 127.5) / 128.
    public func callAsFunction(_ x: Tensor) -> CascadeOutputs {
        let pooled = maxPoolRoundingUp(convolutions[0](x), kernel: 2, stride: 2)
        let features = convolutions.dropFirst().reduce(pooled) { $1($0) }
        return CascadeOutputs(logits: classes(features), box: box(features), landmarks: landmarks?(features))
    }
}
