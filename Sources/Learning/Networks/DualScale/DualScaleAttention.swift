public import Tensors

/// The parts of the dual-scale network, with one property for each ablation of the DS-AEAN paper.
public struct DualScaleConfiguration: Sendable, Hashable, Codable {
    /// The scales of the network.
    public enum Scales: String, Sendable, Hashable, Codable, CaseIterable {
        /// Both scales.
        case both
        /// Only the fine scale, with 8 × 8 positions.
        case fine
        /// Only the coarse scale, with 3 × 3 positions.
        case coarse
    }

    /// The scales of the network.
    public var scales = Scales.both
    /// The normalization of the attention; `nil` for no attention.
    public var attention: AttentionNormalization? = .softmax
    /// Whether the scales are joined by weights that depend on the face; otherwise by their mean.
    public var isSelective = true
    /// The number of channels of a scale.
    public var width = 128
    /// The number of attention heads.
    public var heads = 4
    /// The length of each scale's description of a face. These are the hidden neurons that the DS-AEAN paper tunes from
    /// 5 to 225.
    public var neurons = 128

    /// Creates a configuration with all parts, in the sizes of this project's networks.
    public init() {}

    /// A summary of the parts in technical terms.
    public var summary: String {
        let attention = attention.map { "efficient attention (\($0.rawValue))" } ?? "no attention"
        let seen = scales == .both ? "two scales" : "the \(scales.rawValue) scale alone"
        let fusion = scales == .both ? ", \(isSelective ? "selective" : "plain") fusion" : ""
        return "DS-AEAN (\(seen), \(attention)\(fusion))"
    }
}

/// The dual-scale adaptive efficient attention network (DS-AEAN) on the stages of a trunk (Scientific Reports 15:17594,
/// 2025, section 3.3).
///
/// Each scale has convolutions, efficient attention, and a description of ``DualScaleConfiguration/neurons`` numbers.
/// The fine scale sees the second and third stage (8 × 8 positions), the coarse scale the fourth (3 × 3). If there are
/// both a masked and a bare picture of one person, the masked one goes to the fine scale and the bare one to the coarse
/// scale. Selective fusion joins the two descriptions. Two heads compute the embedding and the mask state from the
/// result.
public struct DualScaleAttention {
    /// One scale.
    private struct Branch {
        let narrow: ConvolutionUnit
        let convolution: ConvolutionUnit
        let attention: EfficientAttention?
        let shrink: ConvolutionUnit?
        let describe: Linear
        let size: Int

        /// - Parameter side: The number of positions in each direction.
        init(_ parameters: Parameters, channels: Int, side: Int, _ parts: DualScaleConfiguration) throws {
            let width = parts.width
            narrow = try ConvolutionUnit(parameters["narrow"], .batch, in: channels, out: width, kernel: 1)
            convolution = try ConvolutionUnit(
                parameters["convolution"], .batch, in: width, out: width, kernel: 3, padding: 1)
            attention = try parts.attention.map {
                try EfficientAttention(parameters["attention"], channels: width, heads: parts.heads, normalization: $0)
            }
            let isLarge = side > 4
            shrink =
                isLarge
                ? try ConvolutionUnit(
                    parameters["shrink"], .batch, in: width, out: width, kernel: 3, stride: 2, padding: 1) : nil
            let places = isLarge ? (side + 1) / 2 : side
            size = width * places * places
            describe = try Linear(parameters["describe"], in: size, out: parts.neurons)
        }

        /// Returns the description, `[batch, neurons]`, and, outside of training, the attention map.
        func callAsFunction(_ x: Tensor, training: Bool) -> (description: Tensor, map: Tensor?) {
            let features = convolution(narrow(x, training: training), training: training)
            let attended = attention?(features) ?? features
            let small = shrink?(attended, training: training) ?? attended
            return (relu(describe(small.reshaped([-1, size]))), training ? nil : attention?.map(of: features))
        }
    }

    /// The parts of the network.
    public let configuration: DualScaleConfiguration
    private let fine: Branch?
    private let coarse: Branch?
    private let fusion: SelectiveFusion?
    private let embedding: FeatureExtractor
    private let mask: Linear

    /// Creates a network with values under `parameters`: `fine`, `coarse`, `fusion`, `embedding`, `mask`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - channels: The channels of the trunk's four stages, fine to coarse.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the hidden neurons, from 0 to below 1.
    ///   - parts: The parts that the network has, and their sizes.
    public init(
        _ parameters: Parameters, channels: [Int], dimension: Int, dropout: Double, _ parts: DualScaleConfiguration
    ) throws {
        configuration = parts
        fine =
            parts.scales == .coarse
            ? nil : try Branch(parameters["fine"], channels: channels[1] + channels[2], side: Self.grid, parts)
        coarse =
            parts.scales == .fine ? nil : try Branch(parameters["coarse"], channels: channels[3], side: 3, parts)
        fusion =
            parts.scales == .both && parts.isSelective
            ? try SelectiveFusion(parameters["fusion"], size: parts.neurons) : nil
        embedding = try FeatureExtractor(
            parameters["embedding"], in: parts.neurons, dimension: dimension, dropout: dropout)
        mask = try Linear(parameters["mask"], in: parts.neurons, out: 2)
    }

    /// The number of positions in each direction at the fine scale.
    static let grid = 8

    /// The output of the network for a batch of faces.
    public struct Result {
        /// The embeddings, `[batch, dimension]`, which are added to the trunk's embedding and not scaled to length 1.
        public let embedding: Tensor
        /// The logits of a bare and of a masked face, `[batch, 2]`.
        public let mask: Tensor
        /// The attention of each scale, fine first: `[batch, 1, side, side]`, with a sum of 1. Empty in training and
        /// without attention.
        public let attention: [(scale: String, map: Tensor)]
    }

    /// Returns the network's output for a trunk's stages.
    ///
    /// - Parameters:
    ///   - stages: The stages of the picture for the fine scale; of two pictures, the masked one.
    ///   - bare: The stages of the picture for the coarse scale; `nil` if one picture serves both scales.
    ///   - training: Whether the network is being trained, on which dropout and batch normalization depend.
    public func callAsFunction(
        _ stages: InceptionResNetV1.Stages, bare: InceptionResNetV1.Stages? = nil, training: Bool
    ) -> Result {
        let one = fine.map { $0(Self.fineMap(stages), training: training) }
        let other = coarse.map { $0((bare ?? stages).coarse, training: training) }
        let joined = joined(one?.description, other?.description)
        let maps = [("fine", one?.map), ("coarse", other?.map)]
        return Result(
            embedding: embedding(joined, training: training), mask: mask(joined),
            attention: maps.compactMap { scale, map in map.map { (scale, $0) } })
    }

    private func joined(_ one: Tensor?, _ other: Tensor?) -> Tensor {
        switch (one, other) {
        case (let one?, let other?): fusion.map { $0(one, other) } ?? (one + other) * 0.5
        case (let alone?, nil), (nil, let alone?): alone
        case (nil, nil): preconditionFailure("the configuration has no scale")
        }
    }

    /// The scales with attention, by their names in ``Result/attention``.
    public var attentiveScales: [String] {
        [("fine", fine?.attention), ("coarse", coarse?.attention)].compactMap { $1 == nil ? nil : $0 }
    }

    /// Returns the second and third stage, concatenated, both with 8 × 8 positions.
    private static func fineMap(_ stages: InceptionResNetV1.Stages) -> Tensor {
        Tensor.concatenated(FeatureFusion.averaged([stages.fine, stages.middle], grid: grid), axis: 1)
    }
}
