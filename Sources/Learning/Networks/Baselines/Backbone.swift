public import Tensors

/// A network that computes an embedding of an aligned face: a baseline, or FaceNet for comparison with the baselines.
public protocol Backbone {
    /// Returns the embeddings of faces.
    ///
    /// - Parameters:
    ///   - x: `[batch, 3, side, side]`, red, green, blue, −1 to 1.
    ///   - training: Whether the network is being trained, on which dropout and batch normalization depend.
    /// - Returns: `[batch, dimension]`, before scaling to length 1.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor
}

/// The baselines of Karamizadeh et al. (Technologies 13:450, 2025) and of the DS-AEAN paper (Scientific Reports
/// 15:17594, 2025), and the networks of these papers.
///
/// Most of the networks were designed for at least 224 pixels, but faces here have 112. One rule applies to all: the
/// first stride is halved (2 becomes 1, AlexNet's 4 becomes 2), so that the last map has 7 × 7 positions as designed.
/// This also keeps the cost of a network, so the wide networks have only half of their channels: at most 0.7 billion
/// multiplications per face. FaceNet was designed for 160 pixels and keeps its strides. If a paper's network ends in a
/// classifier, an embedding replaces it: the mean over the positions of the last map, dropout and a linear map.
public enum BackboneKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// ``ResidualNetwork`` with basic blocks.
    case resnet
    /// ``ResidualNetwork`` with ArcFace's improved units and squeeze and excitation.
    case resnetSE = "resnet-se"
    /// ``GoogLeNet``.
    case googlenet
    /// ``EfficientNet``.
    case efficientnet
    /// ``MobileNetV2``.
    case mobilenetV2 = "mobilenet-v2"
    /// ``RecurrentNetwork``.
    case lstm
    /// ``AMaskNet``.
    case amasknet
    /// ``DeepMaskNet``.
    case deepmasknet
    /// ``FaceMaskNet21``.
    case facemasknet21 = "facemasknet-21"
    /// ``AttentionalFusionNetwork``.
    case affNet = "aff-net"
    /// ``FaceNetBackbone`` without additions.
    case facenet
    /// ``FaceNetBackbone`` with all additions of the three papers (see ``FaceNetwork``).
    case strengthened = "facenet-strengthened"

    /// The side of the faces, in pixels.
    public static let side = 112

    /// The sides that all networks support: multiples of 16, which is the product of their strides, from the smallest
    /// that leaves FaceNet at least one position.
    public static let sides = stride(from: 80, through: 224, by: 16)

    /// The network's name in the papers.
    public var title: String {
        switch self {
        case .resnet: "ResNet"
        case .resnetSE: "ArcFace-ResNet with SE"
        case .googlenet: "InceptionNet"
        case .efficientnet: "EfficientNet"
        case .mobilenetV2: "MobileNetV2"
        case .lstm: "LSTM"
        case .amasknet: "AMaskNet"
        case .deepmasknet: "DeepMaskNet"
        case .facemasknet21: "FaceMaskNet-21"
        case .affNet: "AFF-Net"
        case .facenet: "FaceNet"
        case .strengthened: "FaceNet with gate, feature fusion and DS-AEAN"
        }
    }

    /// Creates the network, with its values under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - side: The side of the faces, one of ``sides``.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the features before the embedding, from 0 to below 1.
    public func make(
        _ parameters: Parameters, side: Int = BackboneKind.side, dimension: Int = 128, dropout: Double = 0
    ) throws -> any Backbone {
        precondition(Self.sides.contains(side), "the side must be one of BackboneKind.sides")
        return switch self {
        case .resnet:
            try ResidualNetwork(parameters, unit: .basic, dimension: dimension, dropout: dropout)
        case .resnetSE:
            try ResidualNetwork(parameters, unit: .improved, side: side, dimension: dimension, dropout: dropout)
        case .googlenet: try GoogLeNet(parameters, dimension: dimension, dropout: dropout)
        case .efficientnet: try EfficientNet(parameters, dimension: dimension, dropout: dropout)
        case .mobilenetV2: try MobileNetV2(parameters, dimension: dimension, dropout: dropout)
        case .lstm: try RecurrentNetwork(parameters, side: side, dimension: dimension, dropout: dropout)
        case .amasknet: try AMaskNet(parameters, dimension: dimension, dropout: dropout)
        case .deepmasknet: try DeepMaskNet(parameters, side: side, dimension: dimension, dropout: dropout)
        case .facemasknet21: try FaceMaskNet21(parameters, side: side, dimension: dimension, dropout: dropout)
        case .affNet: try AttentionalFusionNetwork(parameters, dimension: dimension, dropout: dropout)
        case .facenet: try FaceNetBackbone(parameters, isStrengthened: false, dimension: dimension, dropout: dropout)
        case .strengthened:
            try FaceNetBackbone(parameters, isStrengthened: true, dimension: dimension, dropout: dropout)
        }
    }
}
