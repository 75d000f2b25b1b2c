public import Tensors

/// FaceNet with random initial weights on the crops of the baselines, either plain or with the additions of the papers.
///
/// ``FaceNetwork`` is designed for 160 pixels. This backbone gives it 112 and keeps its strides, because enlarged faces
/// would cost two and a half times the budget of the other networks. The stages then have 11, 11, 5 and 2 positions in
/// each direction (7, 7, 3 and 1 for 80 pixels). They are resized to the 8, 8, 8 and 3 positions for which the gate,
/// feature fusion (Ghani et al., "FFSSA-GAN", Electronic Research Archive 32(4), 2024) and the two scales (DS-AEAN) are
/// designed. The fusion with the context (Karamizadeh et al., 2025) is left out, because the crops have no context.
/// Dropout is at the same place as in ``FaceNetwork``.
public struct FaceNetBackbone: Backbone {
    private let network: FaceNetwork

    /// Creates a network with values under `parameters`, with the names of ``FaceNetwork``.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - isStrengthened: Whether it has the gate, feature fusion and DS-AEAN.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the features before the embedding, from 0 to below 1.
    public init(_ parameters: Parameters, isStrengthened: Bool, dimension: Int = 128, dropout: Double = 0) throws {
        var configuration = FaceNetworkConfiguration()
        (configuration.normalization, configuration.dimension, configuration.dropout) = (.batch, dimension, dropout)
        if isStrengthened {
            configuration.gate = true
            (configuration.fusion, configuration.dualScale) = (FeatureFusionConfiguration(), DualScaleConfiguration())
        }
        network = try FaceNetwork(parameters, configuration)
    }

    /// Maps faces `[batch, 3, side, side]` (red, green, blue, −1 to 1) to embeddings `[batch, dimension]` of length 1.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        network.embedding(of: stages(x, training: training), training: training)
    }

    /// Returns the trunk's stages, resized to the numbers of positions at 160 pixels.
    func stages(_ x: Tensor, training: Bool) -> InceptionResNetV1.Stages {
        let all = network.trunk(x, training: training)
        func sized(_ map: Tensor, _ side: Int) -> Tensor { resize(map, height: side, width: side) }
        return InceptionResNetV1.Stages(
            stem: sized(all.stem, 8), fine: sized(all.fine, 8), middle: sized(all.middle, 8),
            coarse: sized(all.coarse, 3))
    }
}
