public import Tensors

/// A generator that draws a face from its description (Ghani et al., "FFSSA-GAN", 2024), so that the information in the
/// description becomes visible.
///
/// A linear map gives 7 × 7 positions. The picture is then enlarged four times, each time followed by a residual block.
/// The generator accepts the fused description or any other vector. The paper does not specify it.
public struct FaceDecoder {
    /// The side of the pictures, in pixels.
    public static let side = FaceTranslator.side

    private let first: Linear
    private let width: Int
    private let units: [(Conv2d, BatchNorm2d)]
    private let output: Conv2d

    /// Creates a generator whose values are called `first`, `conv.N`, `bn.N` and `output` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - inputs: The length of the description.
    ///   - width: The channels of the finest level; the coarser levels have 2, 4, 6 and 8 times as many.
    public init(_ parameters: Parameters, inputs: Int, width: Int = 24) throws {
        self.width = 8 * width
        first = try Linear(parameters["first"], in: inputs, out: 8 * width * 49)
        let widths = [8, 8, 6, 4, 2, 1].map { $0 * width }
        units = try (0..<5).map {
            (
                try Conv2d(
                    parameters["conv"][$0], in: widths[$0], out: widths[$0 + 1], kernel: 3, padding: 1, bias: false),
                try BatchNorm2d(parameters["bn"][$0], channels: widths[$0 + 1])
            )
        }
        output = try Conv2d(
            parameters["output"], in: width, out: 3, kernel: 3, padding: 1, initialization: .normal(0.02))
    }

    /// Maps descriptions `[batch, inputs]` to pictures `[batch, 3, side, side]`, −1 to 1.
    public func callAsFunction(_ description: Tensor, training: Bool) -> Tensor {
        var y = relu(first(description)).reshaped([-1, width, 7, 7])
        for (level, unit) in units.enumerated() {
            // The first unit stays at 7 × 7; each of the four others doubles the picture.
            if level > 0 { y = resize(y, height: 7 << level, width: 7 << level) }
            y = relu(unit.1(unit.0(y), training: training))
        }
        return tanh(output(y).to(.float32))
    }
}
