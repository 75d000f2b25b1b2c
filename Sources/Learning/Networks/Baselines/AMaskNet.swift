public import Tensors

/// AMaskNet: a feature extractor, and an estimator of how much each of its features contributes to knowing a face that
/// may be masked.
///
/// Zhang et al., *Masked Face Recognition With Mask Transfer and Self-Attention Under the COVID-19 Pandemic*, 2022
/// (doi:10.1109/ACCESS.2022.3150345). Its abstract and paper C say: two modules; contributions of the feature elements
/// are learned with the rest, end to end; the refined features come by simple matrix multiplications. The sizes are in no
/// text that we could read. Ours: the extractor is ResNet-18 at half of its channels (``BackboneKind``); contributions
/// are learned for channels and for places, each 0 to 1, and a feature has the product of both: with features as a matrix
/// F of channels × places, diag(c) F diag(p). Mask transfer (its augmentation) and its matching by whether a mask is worn
/// are no part of the network. 0.5 billion multiplications a face.
public struct AMaskNet: Backbone {
    private let trunk: ResidualTrunk
    private let estimator: ContributionEstimator
    private let embedding: EmbeddingHead

    /// A network with values under `parameters`: `trunk`, `estimator`, `embedding`.
    ///
    /// - Parameters:
    ///   - width: The share of ResNet-18's channels.
    ///   - dimension: Length of the embedding.
    ///   - dropout: The share of the last features that training leaves out, from 0 to under 1.
    public init(_ parameters: Parameters, width: Double = 0.5, dimension: Int = 128, dropout: Double = 0) throws {
        trunk = try ResidualTrunk(parameters["trunk"], unit: .basic, width: width)
        estimator = try ContributionEstimator(parameters["estimator"], channels: trunk.channels)
        embedding = try EmbeddingHead(
            parameters["embedding"], channels: trunk.channels, dimension: dimension, dropout: dropout)
    }

    /// `[batch, 3, side, side]`, red, green, blue, −1 to 1 → `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        embedding(features(x, training: training), training: training)
    }

    /// How much each place contributes, `[batch, 1, side / 16, side / 16]`, 0...1.
    public func placeContributions(_ x: Tensor) -> Tensor { estimator.places(trunk(x, training: false)) }

    /// The refined last map, `[batch, channels, side / 16, side / 16]`.
    func features(_ x: Tensor, training: Bool) -> Tensor {
        let map = trunk(x, training: training)
        return map * estimator.channels(map) * estimator.places(map)
    }
}

/// How much channels and places of a map contribute; each by two 1 × 1 convolutions, a sixteenth as wide between them.
struct ContributionEstimator {
    /// Two 1 × 1 convolutions.
    private struct Bottleneck {
        let narrow: Conv2d
        let widen: Conv2d

        init(_ parameters: Parameters, in inputs: Int, out outputs: Int) throws {
            narrow = try Conv2d(parameters["narrow"], in: inputs, out: inputs / 16, kernel: 1)
            widen = try Conv2d(parameters["widen"], in: inputs / 16, out: outputs, kernel: 1)
        }

        func callAsFunction(_ x: Tensor) -> Tensor { sigmoid(widen(relu(narrow(x)))) }
    }

    private let channelwise: Bottleneck
    private let placewise: Bottleneck

    /// An estimator with values under `parameters`: `channels`, `places`.
    init(_ parameters: Parameters, channels: Int) throws {
        channelwise = try Bottleneck(parameters["channels"], in: channels, out: channels)
        placewise = try Bottleneck(parameters["places"], in: channels, out: 1)
    }

    /// `[batch, channels, height, width]` → `[batch, channels, 1, 1]`, 0...1.
    func channels(_ x: Tensor) -> Tensor { channelwise(x.mean(2, 3, keepingAxes: true)) }

    /// `[batch, channels, height, width]` → `[batch, 1, height, width]`, 0...1.
    func places(_ x: Tensor) -> Tensor { placewise(x) }
}
