public import Tensors

/// From a description of a face to a picture of it (paper A's generator): what the description has kept, made visible.
///
/// A linear map to 7 × 7 places, then four times a larger picture and a residual block. It takes the fused description or
/// any other vector; the paper leaves the generator open.
public struct FaceDecoder {
    /// The side of its pictures, in pixels.
    public static let side = FaceTranslator.side

    private let first: Linear
    private let width: Int
    private let units: [(Conv2d, BatchNorm2d)]
    private let output: Conv2d

    /// A generator whose values are called `first`, `conv.N`, `bn.N` and `output` under `parameters`.
    ///
    /// - Parameters:
    ///   - inputs: How many numbers describe a face.
    ///   - width: The channels of the finest level; the coarser ones have 2, 4, 6 and 8 times as many.
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

    /// `[batch, inputs]` → `[batch, 3, side, side]`, −1 to 1.
    public func callAsFunction(_ description: Tensor, training: Bool) -> Tensor {
        var y = relu(first(description)).reshaped([-1, width, 7, 7])
        for (level, unit) in units.enumerated() {
            // The first unit stays at 7 × 7; each of the four after it doubles the picture.
            if level > 0 { y = resize(y, height: 7 << level, width: 7 << level) }
            y = relu(unit.1(unit.0(y), training: training))
        }
        return tanh(output(y).to(.float32))
    }
}
