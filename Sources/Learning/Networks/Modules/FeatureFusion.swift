public import Tensors

/// The parts of the feature fusion.
public struct FeatureFusionConfiguration: Sendable, Hashable, Codable {
    /// Whether channels are gated by squeeze and excitation.
    public var squeezeExcitation = true
    /// Whether there is an atrous spatial pyramid.
    public var pyramid = true
    /// Whether there is multi-head attention over positions.
    public var attention = true
    /// The number of channels to which each stage is narrowed.
    public var width = 64
    /// The number of attention heads.
    public var heads = 4
    /// The number of positions in each direction to which the stages are resized before they are joined.
    public var grid = 8

    /// Creates a configuration with all parts, in the sizes of this project's networks.
    public init() {}
}

/// A fusion of the trunk's four stages into one embedding.
///
/// Ghani et al. ("FFSSA-GAN", Electronic Research Archive 32(4), 2024), algorithm 1: each stage has squeeze and
/// excitation, a 1×1 convolution that narrows it, an atrous pyramid and attention. The results are resized to one size
/// and joined, and a feature extractor computes the embedding.
public struct FeatureFusion {
    /// The layers for one stage.
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

    /// Averages maps that are at least twice as fine as the grid down to the grid.
    ///
    /// The paper resizes at the end. Resizing first reduces the cost of pyramid and attention to a quarter or a tenth
    /// and halves the space for a frozen trunk's stages. Resizing at the end would average anyway.
    public static func averaged(_ stages: [Tensor], grid: Int) -> [Tensor] {
        stages.map { map in
            let factor = map.shape[2] / grid
            return factor >= 2 ? averagePool(map, kernel: factor, stride: factor) : map
        }
    }

    /// The rates of the stages' pyramids, limited by the size of the maps (8, 8, 8 and 3 positions).
    private static let rates = [[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2]]

    /// Creates a module for stages with these channels, fine to coarse.
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

    /// Maps the stages to `[batch, dimension]`, before scaling to length 1.
    public func callAsFunction(_ stages: [Tensor], training: Bool) -> Tensor {
        let maps = zip(branches, Self.averaged(stages, grid: grid)).map { $0($1, training: training) }
        return extractor(join(Tensor.concatenated(maps, axis: 1), training: training), training: training)
    }
}

/// The last layer before an embedding: dropout and a linear map.
public struct FeatureExtractor {
    private let projection: Linear
    private let size: Int
    private let rate: Double

    /// Creates a layer whose weights are called `weight` and `bias` under `parameters`. They start at zero, because the
    /// result is added to a trained embedding.
    public init(_ parameters: Parameters, in size: Int, dimension: Int, dropout: Double) throws {
        projection = try Linear(parameters, in: size, out: dimension, initialization: .zeros)
        (self.size, rate) = (size, dropout)
    }

    /// Maps features of any shape with `size` numbers each to `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        projection(dropout(x.reshaped([-1, size]), rate, training: training))
    }
}
