public import Tensors

/// FaceNet from random weights on the baselines' crops, plain or with everything that the papers add to it.
///
/// ``FaceNetwork`` is drawn for 160 pixels. Here it is given 112 and keeps its strides: enlarged faces would cost it two
/// and a half times what the other networks are allowed. Its stages then have 11, 11, 5 and 2 places in each direction
/// (of 80 pixels 7, 7, 3 and 1), and are brought to the 8, 8, 8 and 3 that gate, feature fusion (paper A) and the two scales (paper C) are drawn for. The
/// fusion with the context (paper B) is left out: the crops have none. Dropout is where ``FaceNetwork`` has it.
public struct FaceNetBackbone: Backbone {
    private let network: FaceNetwork

    /// A network with values under `parameters`, as ``FaceNetwork`` names them.
    ///
    /// - Parameters:
    ///   - isStrengthened: Whether it has gate, feature fusion and DS-AEAN.
    ///   - dimension: Length of the embedding.
    ///   - dropout: The share of features that training leaves out before the embedding, from 0 to under 1.
    public init(_ parameters: Parameters, isStrengthened: Bool, dimension: Int = 128, dropout: Double = 0) throws {
        var configuration = FaceNetworkConfiguration()
        (configuration.normalization, configuration.dimension, configuration.dropout) = (.batch, dimension, dropout)
        if isStrengthened {
            configuration.gate = true
            (configuration.fusion, configuration.dualScale) = (FeatureFusionConfiguration(), DualScaleConfiguration())
        }
        network = try FaceNetwork(parameters, configuration)
    }

    /// `[batch, 3, side, side]`, red, green, blue, −1 to 1 → `[batch, dimension]`, of length 1.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        network.embedding(of: stages(x, training: training), training: training)
    }

    /// The trunk's stages, of as many places as at 160 pixels.
    func stages(_ x: Tensor, training: Bool) -> InceptionResNetV1.Stages {
        let all = network.trunk(x, training: training)
        func sized(_ map: Tensor, _ side: Int) -> Tensor { resize(map, height: side, width: side) }
        return InceptionResNetV1.Stages(
            stem: sized(all.stem, 8), fine: sized(all.fine, 8), middle: sized(all.middle, 8),
            coarse: sized(all.coarse, 3))
    }
}
