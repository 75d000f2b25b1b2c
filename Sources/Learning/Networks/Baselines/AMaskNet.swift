public import Tensors

/// AMaskNet: a feature extractor, and an estimator of how much each feature contributes to recognizing a face that may
/// be masked.
///
/// Zhang et al., *Masked Face Recognition With Mask Transfer and Self-Attention Under the COVID-19 Pandemic*, 2022
/// (doi:10.1109/ACCESS.2022.3150345). According to its abstract and to the DS-AEAN paper, the network has two modules,
/// learns the contributions of the feature elements end to end, and refines the features with simple matrix
/// multiplications. No text available to us gives the sizes, so these are our choice. The extractor is ResNet-18 with
/// half of its channels (``BackboneKind``). Contributions from 0 to 1 are learned for channels and for spatial
/// positions, and each feature is multiplied by both: with the features as a matrix F of channels × positions, the
/// result is diag(c) F diag(p). Mask transfer (the paper's augmentation) and separate matching for masked faces are not
/// part of the network. 0.5 billion multiplications per face.
public struct AMaskNet: Backbone {
    private let trunk: ResidualTrunk
    private let estimator: ContributionEstimator
    private let embedding: EmbeddingHead

    /// Creates a network with values under `parameters`: `trunk`, `estimator`, `embedding`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - width: The share of ResNet-18's channels.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1.
    public init(_ parameters: Parameters, width: Double = 0.5, dimension: Int = 128, dropout: Double = 0) throws {
        trunk = try ResidualTrunk(parameters["trunk"], unit: .basic, width: width)
        estimator = try ContributionEstimator(parameters["estimator"], channels: trunk.channels)
        embedding = try EmbeddingHead(
            parameters["embedding"], channels: trunk.channels, dimension: dimension, dropout: dropout)
    }

    /// Maps faces `[batch, 3, side, side]` (red, green, blue, −1 to 1) to embeddings `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        embedding(features(x, training: training), training: training)
    }

    /// Returns the contribution of each spatial position, `[batch, 1, side / 16, side / 16]`, 0...1.
    public func placeContributions(_ x: Tensor) -> Tensor { estimator.places(trunk(x, training: false)) }

    /// Returns the refined last feature map, `[batch, channels, side / 16, side / 16]`.
    func features(_ x: Tensor, training: Bool) -> Tensor {
        let map = trunk(x, training: training)
        return map * estimator.channels(map) * estimator.places(map)
    }
}

/// An estimator of the contributions of a map's channels and positions. Each uses two 1 × 1 convolutions with a
/// sixteenth of the channels between them.
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

    /// Creates an estimator with values under `parameters`: `channels`, `places`.
    init(_ parameters: Parameters, channels: Int) throws {
        channelwise = try Bottleneck(parameters["channels"], in: channels, out: channels)
        placewise = try Bottleneck(parameters["places"], in: channels, out: 1)
    }

    /// Maps `[batch, channels, height, width]` to contributions `[batch, channels, 1, 1]`, 0...1.
    func channels(_ x: Tensor) -> Tensor { channelwise(x.mean(2, 3, keepingAxes: true)) }

    /// Maps `[batch, channels, height, width]` to contributions `[batch, 1, height, width]`, 0...1.
    func places(_ x: Tensor) -> Tensor { placewise(x) }
}
