public import Tensors

/// How old a face looks: a small residual network on the aligned crop.
///
/// A stem and three basic residual units (He et al., *Deep Residual Learning*, 2016, figure 5 left), each halving the
/// map, and the mean over what is left (6 × 6) of 96 × 96 pixels: 0.6 million parameters, 51 million multiplications a
/// face. The network answers one question for each of some ages: is the person older? (Niu et al., *Ordinal Regression
/// with Multiple Output CNN for Age Estimation*, 2016). What is asked of it is the answer for ``oldestChild``; the other
/// ages teach it more than the one bit could.
public struct AgeClassifier {
    /// The side of the crop, in pixels.
    public static let side = 96

    /// The ages, in years, that the outputs ask about: whether the person is older.
    public static let ages = [1, 3, 6, 9, 13, 17, 21, 26, 35, 50, 65]

    /// The greatest age, in years, at which a person counts as a child.
    public static let oldestChild = 13

    /// The output that says whether a person is older than ``oldestChild``: an index of ``ages``.
    public static let childIndex = 4

    private let stem: NormalizedConvolution
    private let units: [BasicUnit]
    private let head: Linear
    private let dropoutProbability: Double

    /// A network whose values are called `stem.…`, `units.N.…` and `head.…` under `parameters`.
    ///
    /// - Parameter dropout: How much of the last features training leaves out, from 0 to under 1.
    public init(_ parameters: Parameters, dropout: Double = 0.2) throws {
        let widths = [24, 48, 96, 160]
        stem = try NormalizedConvolution(parameters["stem"], in: 3, out: widths[0], stride: 2)
        units = try (1..<widths.count).map { index in
            try BasicUnit(parameters["units"][index - 1], in: widths[index - 1], out: widths[index], stride: 2)
        }
        head = try Linear(parameters["head"], in: widths[3], out: Self.ages.count)
        dropoutProbability = dropout
    }

    /// Crops → log-odds of being older.
    ///
    /// - Parameter x: `[batch, 3, 96, 96]`, red, green, blue, −1 to 1.
    /// - Returns: `[batch, 11]`: for each of ``ages`` the log-odds that the person is older.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let features = units.reduce(stem(x, training: training)) { $1($0, training: training) }
        return head(dropout(features.mean(2, 3), dropoutProbability, training: training))
    }
}
