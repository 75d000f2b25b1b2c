public import Tensors

/// Which parts the feature fusion has.
public struct FeatureFusionConfiguration: Sendable, Hashable, Codable {
    /// Whether channels are gated by squeeze and excitation.
    public var squeezeExcitation = true
    /// Whether there is an atrous spatial pyramid.
    public var pyramid = true
    /// Whether there is multi-head attention over places.
    public var attention = true
    /// To how many channels each stage is narrowed.
    public var width = 64
    /// The heads of the attention.
    public var heads = 4
    /// To how many places in each direction the stages are brought before they are joined.
    public var grid = 8

    /// All parts, at the sizes of this project's networks.
    public init() {}
}

/// Brings what the trunk's four stages see together into one embedding.
///
/// Paper A, algorithm 1: on each stage squeeze and excitation, a 1×1 convolution that narrows it, an atrous pyramid and
/// attention; then all are brought to one size and joined, and a feature extractor makes the embedding.
public struct FeatureFusion {
    /// What happens to one stage.
    private struct Branch {
        let gate: SqueezeExcitation?
        let narrow: ConvolutionUnit
        let pyramid: AtrousPyramid?
        let attention: MapAttention?
        let grid: Int

        init(_ parameters: Parameters, channels: Int, rates: [Int], _ configuration: FeatureFusionConfiguration) throws
        {
            gate =
                configuration.squeezeExcitation
                ? try SqueezeExcitation(parameters["squeezeExcitation"], channels: channels) : nil
            let width = configuration.width
            narrow = try ConvolutionUnit(parameters["narrow"], .batch, in: channels, out: width, kernel: 1)
            pyramid =
                configuration.pyramid
                ? try AtrousPyramid(parameters["pyramid"], channels: width, rates: rates) : nil
            attention =
                configuration.attention
                ? try MapAttention(parameters["attention"], channels: width, heads: configuration.heads) : nil
            grid = configuration.grid
        }

        func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
            var y = narrow(gate?(x) ?? x, training: training)
            y = pyramid?(y, training: training) ?? y
            y = attention?(y) ?? y
            return resize(y, height: grid, width: grid)
        }
    }

    private let branches: [Branch]
    private let join: ConvolutionUnit
    private let extractor: FeatureExtractor
    private let grid: Int

    /// Maps at least twice as fine as the grid, averaged down to it.
    ///
    /// The paper resizes at the end. Done first, pyramid and attention cost a quarter to a tenth, and a frozen trunk's
    /// stages take half the space; the end would average all the same.
    public static func averaged(_ stages: [Tensor], grid: Int) -> [Tensor] {
        stages.map { map in
            let factor = map.shape[2] / grid
            return factor >= 2 ? averagePool(map, kernel: factor, stride: factor) : map
        }
    }

    /// The rates of the stages' pyramids: as far as their maps (8, 8, 8 and 3 places) reach.
    private static let rates = [[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2]]

    /// A module on stages with these channels, fine to coarse.
    public init(
        _ parameters: Parameters, channels: [Int], dimension: Int, dropout: Double,
        _ configuration: FeatureFusionConfiguration
    ) throws {
        branches = try channels.enumerated().map { index, count in
            try Branch(
                parameters["stage"][index], channels: count, rates: Self.rates[min(index, Self.rates.count - 1)],
                configuration)
        }
        grid = configuration.grid
        let joined = channels.count * configuration.width
        join = try ConvolutionUnit(
            parameters["join"], .batch, in: joined, out: 2 * configuration.width, kernel: 3, stride: 2, padding: 1)
        let places = (configuration.grid + 1) / 2
        extractor = try FeatureExtractor(
            parameters["extractor"], in: 2 * configuration.width * places * places, dimension: dimension,
            dropout: dropout)
    }

    /// The stages' maps → `[batch, dimension]`, not yet of length 1.
    public func callAsFunction(_ stages: [Tensor], training: Bool) -> Tensor {
        let maps = zip(branches, Self.averaged(stages, grid: grid)).map { $0($1, training: training) }
        return extractor(join(Tensor.concatenated(maps, axis: 1), training: training), training: training)
    }
}

/// The last layer before an embedding: dropout, then a linear map.
public struct FeatureExtractor {
    private let projection: Linear
    private let size: Int
    private let rate: Double

    /// A layer whose weights are called `weight` and `bias` under `parameters`.
    ///
    /// - Parameter initialization: What the weights start as: zeros where the result is added to a trained one.
    public init(_ parameters: Parameters, in size: Int, dimension: Int, dropout: Double) throws {
        projection = try Linear(parameters, in: size, out: dimension, initialization: .zeros)
        (self.size, rate) = (size, dropout)
    }

    /// Features of any shape with `size` numbers each → `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        projection(dropout(x.reshaped([-1, size]), rate, training: training))
    }
}
