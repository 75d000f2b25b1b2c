public import Tensors

/// Which parts the dual-scale network has: one value per ablation of paper C.
public struct DualScaleConfiguration: Sendable, Hashable, Codable {
    /// Which scales there are.
    public enum Scales: String, Sendable, Hashable, Codable, CaseIterable {
        /// Both.
        case both
        /// Only the one that sees 8 × 8 places.
        case fine
        /// Only the one that sees 3 × 3.
        case coarse
    }

    /// Which scales there are.
    public var scales = Scales.both
    /// How attention is normalised; `nil` for no attention.
    public var attention: AttentionNormalization? = .softmax
    /// Whether the scales are joined by weights that depend on the face, or by their mean.
    public var isSelective = true
    /// How many channels a scale has.
    public var width = 128
    /// The heads of the attention.
    public var heads = 4
    /// How many numbers each scale describes a face in: the hidden neurons, which paper C tunes from 5 to 225.
    public var neurons = 128

    /// All parts, at the sizes of this project's networks.
    public init() {}

    /// The parts in the field's words.
    public var summary: String {
        let attention = attention.map { "efficient attention (\($0.rawValue))" } ?? "no attention"
        let seen = scales == .both ? "two scales" : "the \(scales.rawValue) scale alone"
        let fusion = scales == .both ? ", \(isSelective ? "selective" : "plain") fusion" : ""
        return "DS-AEAN (\(seen), \(attention)\(fusion))"
    }
}

/// The dual-scale adaptive efficient attention network on a trunk's stages (paper C, section 3.3).
///
/// Each scale: convolutions, efficient attention, and a description in ``DualScaleConfiguration/neurons`` numbers. The
/// fine scale sees the second and third stage (8 × 8 places), the coarse one the fourth (3 × 3). Where a masked and a bare
/// picture of one person are both given, the masked one goes to the fine scale and the bare one to the coarse. Selective
/// fusion joins the two descriptions; of what comes out heads make an embedding and the mask's state.
public struct DualScaleAttention {
    /// One scale.
    private struct Branch {
        let narrow: ConvolutionUnit
        let convolution: ConvolutionUnit
        let attention: EfficientAttention?
        let shrink: ConvolutionUnit?
        let describe: Linear
        let size: Int

        /// - Parameter side: Places in each direction.
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

        /// `[batch, neurons]`, and outside of training what is attended to.
        func callAsFunction(_ x: Tensor, training: Bool) -> (description: Tensor, map: Tensor?) {
            let features = convolution(narrow(x, training: training), training: training)
            let attended = attention?(features) ?? features
            let small = shrink?(attended, training: training) ?? attended
            return (relu(describe(small.reshaped([-1, size]))), training ? nil : attention?.map(of: features))
        }
    }

    /// Which parts there are.
    public let configuration: DualScaleConfiguration
    private let fine: Branch?
    private let coarse: Branch?
    private let fusion: SelectiveFusion?
    private let embedding: FeatureExtractor
    private let mask: Linear

    /// A network with values under `parameters`: `fine`, `coarse`, `fusion`, `embedding`, `mask`.
    ///
    /// - Parameter channels: Those of the trunk's four stages, fine to coarse.
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

    /// Places in each direction at the fine scale.
    static let grid = 8

    /// What the network makes of a face.
    public struct Result {
        /// `[batch, dimension]`, not of length 1: it is added to what the trunk alone says.
        public let embedding: Tensor
        /// Unnormalised logarithms of the probabilities of a bare and of a masked face, `[batch, 2]`.
        public let mask: Tensor
        /// What each scale attends to, fine first: `[batch, 1, side, side]`, summing to 1; empty in training and without
        /// attention.
        public let attention: [(scale: String, map: Tensor)]
    }

    /// What the trunk's stages of a face say.
    ///
    /// - Parameters:
    ///   - stages: The stages of the picture that goes to the fine scale, the masked one of two.
    ///   - bare: Those of the picture that goes to the coarse scale; `nil` where there is one picture for both.
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
        case (nil, nil): preconditionFailure("the configuration has a scale")
        }
    }

    /// The scales that have attention, as ``Result/attention`` names them.
    public var attentiveScales: [String] {
        [("fine", fine?.attention), ("coarse", coarse?.attention)].compactMap { $1 == nil ? nil : $0 }
    }

    /// The second and third stage side by side, both of 8 × 8 places.
    private static func fineMap(_ stages: InceptionResNetV1.Stages) -> Tensor {
        Tensor.concatenated(FeatureFusion.averaged([stages.fine, stages.middle], grid: grid), axis: 1)
    }
}
