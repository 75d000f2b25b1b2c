public import Tensors

/// How large a ``FaceTranslator`` is.
public struct FaceTranslatorConfiguration: Sendable, Hashable, Codable {
    /// The channels at half the picture's side; a quarter of it has twice as many, an eighth four times, a sixteenth five
    /// times.
    public var width = 32
    /// How many residual blocks there are between the two halves.
    public var blocks = 3
    /// In how many numbers the caller says what is to be drawn; 0 where the picture says all.
    public var styleSize = 0

    /// The defaults.
    public init() {}
}

/// From a picture of a face to another picture of it: with a mask put on, or taken off (paper C's two generators).
///
/// An encoder and a decoder joined at each level (Ronneberger et al., *U-Net*, 2015, arXiv:1505.04597), with atrous
/// residual blocks in between, which see the whole face from every place (Iizuka et al., *Globally and locally consistent
/// image completion*, 2017). The paper leaves the generator open. The last layer gives a picture and, for each place, how
/// much of it is taken: what is to stay of the input stays as it is, to the last bit of detail. The finest level works on
/// pixels folded to half the side.
public struct FaceTranslator {
    /// The side of its pictures, in pixels.
    public static let side = 112

    /// How large it is.
    public let configuration: FaceTranslatorConfiguration
    private let encoder: [Unit]
    private let bottom: ResidualBlock
    private let blocks: [ResidualBlock]
    private let decoder: [Unit]
    private let output: Conv2d

    /// A generator whose values are called `encoder.N`, `bottom`, `blocks.N`, `decoder.N` and `output` under `parameters`.
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

    /// What a generator makes of its pictures.
    public struct Result {
        /// `[batch, 3, side, side]`, −1 to 1.
        public let picture: Tensor
        /// How much of each place is new, `[batch, 1, side, side]`, 0 to 1.
        public let share: Tensor
    }

    /// - Parameters:
    ///   - x: `[batch, 3, side, side]`, red, green, blue, −1 to 1.
    ///   - style: `[batch, styleSize]`, for a generator that takes it.
    public func callAsFunction(_ x: Tensor, style: Tensor? = nil, training: Bool) -> Result {
        precondition((style != nil) == (configuration.styleSize > 0), "a style goes with a generator that takes one")
        var input = PixelShuffle.folded(x)
        if let style {
            // Every place is told, because no layer sees all of them before the middle.
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

    /// A 3 × 3 convolution, batch normalisation, rectifier.
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

    /// Two atrous convolutions beside a shortcut (He et al., 2016).
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
