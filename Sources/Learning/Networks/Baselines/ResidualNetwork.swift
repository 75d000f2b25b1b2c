public import Tensors

/// ResNet-18 in two forms.
///
/// With basic units: He et al., *Deep Residual Learning for Image Recognition*, 2016 (arXiv:1512.03385), table 1, third
/// column. This is the ResNet of the DS-AEAN paper, which gives neither depth nor input size. Depth 18 and half of the
/// channels (``BackboneKind``) are our choice: 2.8 million values in the trunk, 0.5 billion multiplications per face.
///
/// With improved units: the "ArcFace-ResNet100 with Squeeze-Excitation" of Karamizadeh et al. (2025), who give no
/// details. The form is that of Deng et al., 2019 (arXiv:1801.07698v1), section 3.2: a 3 × 3 convolution of stride 1 as
/// the stem, a stride in each of the four stages, and normalization, dropout, a linear map of all positions and
/// normalization at the end. It has 18 layers instead of 100, so that one processor can train it, and half of the
/// channels: 0.7 billion multiplications per face.
public struct ResidualNetwork: Backbone {
    /// The head that computes the embedding.
    private enum Head {
        case mean(EmbeddingHead)
        case places(PlacesHead)
    }

    private let trunk: ResidualTrunk
    private let head: Head

    /// Creates a network with values under `parameters`: `trunk`, `embedding`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - unit: The kind of the trunk's units.
    ///   - width: The share of the paper's channels; 1 is the paper's network.
    ///   - side: The side of the faces, one of ``BackboneKind/sides``.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1.
    public init(
        _ parameters: Parameters, unit: ResidualUnit = .basic, width: Double = 0.5, side: Int = BackboneKind.side,
        dimension: Int = 128, dropout: Double = 0
    ) throws {
        trunk = try ResidualTrunk(parameters["trunk"], unit: unit, width: width)
        let place = parameters["embedding"]
        head =
            unit == .improved
            ? .places(
                try PlacesHead(
                    place, size: trunk.channels * (side / 16) * (side / 16), channels: trunk.channels,
                    dimension: dimension, dropout: dropout))
            : .mean(try EmbeddingHead(place, channels: trunk.channels, dimension: dimension, dropout: dropout))
    }

    /// Maps faces `[batch, 3, side, side]` (red, green, blue, −1 to 1) to embeddings `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let map = features(x, training: training)
        return switch head {
        case .mean(let head): head(map, training: training)
        case .places(let head): head(map, training: training)
        }
    }

    /// Returns the last feature map, `[batch, channels, side / 16, side / 16]`.
    func features(_ x: Tensor, training: Bool) -> Tensor { trunk(x, training: training) }
}

/// The stem and the eight units of ResNet-18.
struct ResidualTrunk {
    /// The number of channels of the last map.
    let channels: Int
    private let stem: NormalizedConvolution
    private let isPooled: Bool
    private let units: [any ResidualStep]

    /// Creates a trunk with values under `parameters`: `stem`, `units`.
    init(_ parameters: Parameters, unit: ResidualUnit, width: Double) throws {
        let widths = [64, 128, 256, 512].map { Int((Double($0) * width).rounded()) }
        let isImproved = unit == .improved
        let rectifier = isImproved ? try LearnedRectifier(parameters["stem"], channels: widths[0]) : nil
        // The original's 7 × 7 convolution of stride 2 has stride 1 here. ArcFace's is 3 × 3 without pooling.
        stem = try NormalizedConvolution(
            parameters["stem"], in: 3, out: widths[0], kernel: isImproved ? 3 : 7,
            activation: rectifier?.callAsFunction ?? relu)
        isPooled = !isImproved
        var units: [any ResidualStep] = []
        var inputs = widths[0]
        for (stage, outputs) in widths.enumerated() {
            let stride = stage == 0 && !isImproved ? 1 : 2
            let place = parameters["units"][stage]
            units.append(try unit.make(place[0], in: inputs, out: outputs, stride: stride))
            units.append(try unit.make(place[1], in: outputs, out: outputs, stride: 1))
            inputs = outputs
        }
        self.units = units
        channels = inputs
    }

    /// Maps `[batch, 3, side, side]` to `[batch, channels, side / 16, side / 16]`.
    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let stem = stem(x, training: training)
        let start = isPooled ? maxPool(stem, kernel: 3, stride: 2, padding: 1) : stem
        return units.reduce(start) { $1($0, training: training) }
    }
}

/// ArcFace's embedding head: normalization, dropout, a linear map of all positions, normalization.
private struct PlacesHead {
    private let before: BatchNorm2d
    private let layer: Linear
    private let after: BatchNorm2d
    private let size: Int
    private let dropoutProbability: Double

    init(_ parameters: Parameters, size: Int, channels: Int, dimension: Int, dropout: Double) throws {
        self.size = size
        before = try BatchNorm2d(parameters["before"], channels: channels)
        layer = try Linear(parameters, in: size, out: dimension, bias: false)
        after = try BatchNorm2d(parameters["after"], channels: dimension)
        dropoutProbability = dropout
    }

    func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let features = dropout(before(x, training: training), dropoutProbability, training: training)
        return after(layer(features.reshaped([-1, size])), training: training)
    }
}
