public import Tensors

/// A network that estimates from an aligned crop how usable a face is for recognition.
///
/// It has a stem and three basic residual units (He et al., *Deep Residual Learning*, 2016, figure 5 left), each of
/// which halves the map, and averages the last map (7 × 7 for 112 × 112 pixels): 0.3 million parameters, 33 million
/// multiplications per face.
public struct FaceQualityNetwork {
    /// The side of the crop, in pixels.
    public static let side = 112

    private let stem: NormalizedConvolution
    private let units: [BasicUnit]
    private let head: Linear
    private let dropoutProbability: Double

    /// Creates a network whose values are called `stem.…`, `units.N.…` and `head.…` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1.
    public init(_ parameters: Parameters, dropout: Double = 0.1) throws {
        let widths = [16, 32, 64, 128]
        stem = try NormalizedConvolution(parameters["stem"], in: 3, out: widths[0], stride: 2)
        units = try (1..<widths.count).map { index in
            try BasicUnit(parameters["units"][index - 1], in: widths[index - 1], out: widths[index], stride: 2)
        }
        head = try Linear(parameters["head"], in: widths[3], out: 1)
        dropoutProbability = dropout
    }

    /// Returns the log-odds of the qualities of crops.
    ///
    /// - Parameters:
    ///   - x: Crops, `[batch, 3, 112, 112]`, red, green, blue, −1 to 1.
    ///   - training: Whether the network is being trained, on which dropout and batch normalization depend.
    /// - Returns: `[batch, 1]`. The sigmoid of it is the quality, 0...1.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let features = units.reduce(stem(x, training: training)) { $1($0, training: training) }
        return head(dropout(features.mean(2, 3), dropoutProbability, training: training))
    }
}
