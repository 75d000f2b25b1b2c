public import Tensors

/// An age group classifier: a small residual network on the aligned crop.
///
/// It has a stem and three basic residual units (He et al., *Deep Residual Learning*, 2016, figure 5 left), each of
/// which halves the map, and averages the last map (6 × 6 for 96 × 96 pixels): 0.6 million parameters, 51 million
/// multiplications per face. For each of several ages, the network says whether the person is older (Niu et al.,
/// *Ordinal Regression with Multiple Output CNN for Age Estimation*, 2016). The classifier uses the output for
/// ``oldestChild``; the other ages give the training more information than this one bit.
public struct AgeClassifier {
    /// The side of the crop, in pixels.
    public static let side = 96

    /// The ages, in years, of the outputs. Each output says whether the person is older.
    public static let ages = [1, 3, 6, 9, 13, 17, 21, 26, 35, 50, 65]

    /// The highest age, in years, at which a person counts as a child.
    public static let oldestChild = 13

    /// The index in ``ages`` of the output for ``oldestChild``.
    public static let childIndex = 4

    private let stem: NormalizedConvolution
    private let units: [BasicUnit]
    private let head: Linear
    private let dropoutProbability: Double

    /// Creates a network whose values are called `stem.…`, `units.N.…` and `head.…` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1.
    public init(_ parameters: Parameters, dropout: Double = 0.2) throws {
        let widths = [24, 48, 96, 160]
        stem = try NormalizedConvolution(parameters["stem"], in: 3, out: widths[0], stride: 2)
        units = try (1..<widths.count).map { index in
            try BasicUnit(parameters["units"][index - 1], in: widths[index - 1], out: widths[index], stride: 2)
        }
        head = try Linear(parameters["head"], in: widths[3], out: Self.ages.count)
        dropoutProbability = dropout
    }

    /// Returns the log-odds that people are older than each age.
    ///
    /// - Parameters:
    ///   - x: Crops, `[batch, 3, 96, 96]`, red, green, blue, −1 to 1.
    ///   - training: Whether the network is being trained, on which dropout and batch normalization depend.
    /// - Returns: `[batch, 11]`: for each of ``ages``, the log-odds that the person is older.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let features = units.reduce(stem(x, training: training)) { $1($0, training: training) }
        return head(dropout(features.mean(2, 3), dropoutProbability, training: training))
    }
}
