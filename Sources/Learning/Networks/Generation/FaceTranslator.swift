public import Tensors

/// The size of a ``FaceTranslator``.
public struct FaceTranslatorConfiguration: Sendable, Hashable, Codable {
    /// The channels at half the picture's side. There are twice as many at a quarter, four times as many at an eighth
    /// and five times as many at a sixteenth.
    public var width = 32
    /// The number of residual blocks between the encoder and the decoder.
    public var blocks = 3
    /// The number of values with which the caller describes what to draw; 0 if the picture alone determines it.
    public var styleSize = 0

    /// Creates the default size.
    public init() {}
}

/// A generator that turns a picture of a face into another one with a mask put on or taken off: the two generators of
/// the DS-AEAN paper.
///
/// An encoder and a decoder are joined at each level (Ronneberger et al., *U-Net*, 2015, arXiv:1505.04597). Atrous
/// residual blocks between them see the whole face from every position (Iizuka et al., *Globally and locally consistent
/// image completion*, 2017). The paper does not specify the generator. The last layer gives a picture and, for each
/// pixel, its share of the result, so that the rest of the input stays exactly as it is. The finest level works on
/// pixels folded to half the side.
public struct FaceTranslator {
    /// The side of the pictures, in pixels.
    public static let side = 112

    /// The size of the generator.
    public let configuration: FaceTranslatorConfiguration
    private let encoder: [Unit]
    private let bottom: ResidualBlock
    private let blocks: [ResidualBlock]
    private let decoder: [Unit]
    private let output: Conv2d

    /// Creates a generator whose values are called `encoder.N`, `bottom`, `blocks.N`, `decoder.N` and `output` under
    /// `parameters`.
    public init(_ parameters: Parameters, _ configuration: FaceTranslatorConfiguration = .init()) throws {
        self.configuration = configuration
        let width = configuration.width
        let widths = [4 * 3 + configuration.styleSize, 2 * width, 4 * width, 5 * width]
        encoder = try (0..<3).map {
            try Unit(parameters["encoder"][$0], in: widths[$0], out: widths[$0 + 1], stride: 2)
        }
        bottom = try ResidualBlock(parameters["bottom"], channels: widths[3], dilation: 1)
        blocks = try (0..<configuration.blocks).map {
            try ResidualBlock(parameters["blocks"][$0], channels: widths[2], dilation: 1 << $0)
        }
        let results = [widths[2], widths[1], width]
        decoder = try (0..<3).map {
            let below = $0 == 0 ? widths[3] : results[$0 - 1]
            return try Unit(parameters["decoder"][$0], in: below + widths[2 - $0], out: results[$0], stride: 1)
        }
        output = try Conv2d(
            parameters["output"], in: width, out: 4 * 4, kernel: 3, padding: 1, initialization: .normal(0.02))
    }

    /// The output of a generator for a batch of pictures.
    public struct Result {
        /// The pictures, `[batch, 3, side, side]`, −1 to 1.
        public let picture: Tensor
        /// The share of each pixel that is new, `[batch, 1, side, side]`, 0 to 1.
        public let share: Tensor
    }

    /// Returns the translated pictures.
    ///
    /// - Parameters:
    ///   - x: `[batch, 3, side, side]`, red, green, blue, −1 to 1.
    ///   - style: `[batch, styleSize]`, for a generator with a style.
    ///   - training: Whether the generator is being trained.
    public func callAsFunction(_ x: Tensor, style: Tensor? = nil, training: Bool) -> Result {
        precondition(
            (style != nil) == (configuration.styleSize > 0),
            "give a style to a generator that takes one, and only to such a generator")
        var input = PixelShuffle.folded(x)
        if let style {
            // The style is given at every position, because no layer before the middle sees all of them.
            let planes = style.reshaped([-1, configuration.styleSize, 1, 1]) + input.slice(1, 0..<1) * 0
            input = .concatenated([input, planes], axis: 1)
        }
        var levels = [input.channelsLast]
        for unit in encoder { levels.append(unit(levels[levels.count - 1], training: training)) }
        var y = bottom(levels[3], training: training)
        for (index, unit) in decoder.enumerated() {
            let beside = levels[2 - index]
            let larger = resize(y, height: beside.shape[2], width: beside.shape[3])
            y = unit(.concatenated([larger, beside], axis: 1), training: training)
            if index == 0 { y = blocks.reduce(y) { $1($0, training: training) } }
        }
        let drawn = PixelShuffle.unfolded(output(y).to(.float32))
        let share = sigmoid(drawn.slice(1, 3..<4))
        return Result(picture: x + share * (tanh(drawn.slice(1, 0..<3)) - x), share: share)
    }

    /// A 3 × 3 convolution, batch normalization and a rectifier.
    private struct Unit {
        private let convolution: Conv2d
        private let normalization: BatchNorm2d

        init(_ parameters: Parameters, in inputs: Int, out outputs: Int, stride: Int) throws {
            convolution = try Conv2d(
                parameters["conv"], in: inputs, out: outputs, kernel: 3, stride: stride, padding: 1, bias: false)
            normalization = try BatchNorm2d(parameters["bn"], channels: outputs)
        }

        func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
            relu(normalization(convolution(x), training: training))
        }
    }

    /// Two atrous convolutions with a skip connection (He et al., 2016).
    private struct ResidualBlock {
        private let convolutions: [Conv2d]
        private let normalizations: [BatchNorm2d]

        init(_ parameters: Parameters, channels: Int, dilation: Int) throws {
            convolutions = try [dilation, 1].enumerated().map { index, dilation in
                try Conv2d(
                    parameters["conv"][index], in: channels, out: channels, kernel: 3, padding: dilation,
                    dilation: dilation, bias: false)
            }
            normalizations = try (0..<2).map { try BatchNorm2d(parameters["bn"][$0], channels: channels) }
        }

        func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
            let inner = relu(normalizations[0](convolutions[0](x), training: training))
            return relu(x + normalizations[1](convolutions[1](inner), training: training))
        }
    }
}
