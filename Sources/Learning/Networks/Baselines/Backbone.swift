public import Tensors

/// A network that makes an embedding of an aligned face: what papers B and C compare theirs with.
public protocol Backbone {
    /// Faces → embeddings.
    ///
    /// - Parameter x: `[batch, 3, side, side]`, red, green, blue, −1 to 1.
    /// - Returns: `[batch, dimension]`, before they are brought to length 1.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor
}

/// The networks that papers B and C compare theirs with, and theirs.
///
/// Most were drawn for 224 pixels and more, and faces here have 112. One rule for all: the network's first stride is
/// halved (2 becomes 1, AlexNet's 4 becomes 2), so that the last map has 7 × 7 places as drawn. That keeps a network's
/// cost too, so the wide ones among them get half of their channels everywhere: at most 0.7 billion multiplications a
/// face. FaceNet was drawn for 160 pixels and keeps its strides. Where a paper ends in a classifier, an embedding takes its place: the mean over the last map's places, dropout
/// and a linear map.
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
    /// ``FaceNetBackbone`` with all that papers A, B and C add.
    case strengthened = "facenet-strengthened"

    /// The side of a face that the networks are drawn for here, in pixels.
    public static let side = 112

    /// The sides that all of them can be made for: multiples of 16, which is what their strides make one place of, and no
    /// less than FaceNet's strides leave a place of.
    public static let sides = stride(from: 80, through: 224, by: 16)

    /// What the papers call the network.
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

    /// The network, with its values under `parameters`.
    ///
    /// - Parameters:
    ///   - side: The side of the faces, one of ``sides``.
    ///   - dimension: Length of the embedding.
    ///   - dropout: The share of features that training leaves out before the embedding, from 0 to under 1.
    public func make(
        _ parameters: Parameters, side: Int = BackboneKind.side, dimension: Int = 128, dropout: Double = 0
    ) throws -> any Backbone {
        precondition(Self.sides.contains(side), "a side is one of BackboneKind.sides")
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
