public import Tensors

/// AFF-Net: a ResNet that joins the input and the output of a block by attention instead of a plain sum.
///
/// Karamizadeh et al. (Technologies 13:450, 2025) refer to *AFF-Net: a masked face recognition network based on
/// attention and feature fusion* (S. Li, 2023, doi:10.1117/12.3004369): four modules with attention, and fused features
/// of several layers that weight the channels. Only its abstract was available to us, and it gives no layers or sizes.
/// This network uses the attentional feature fusion of Dai et al., 2021 (arXiv:2009.14082) instead, which has the same
/// name. It fuses the short skip connections of a ResNet-18 with half of its channels (``BackboneKind``). 0.5 billion
/// multiplications per face.
public struct AttentionalFusionNetwork: Backbone {
    private let network: ResidualNetwork

    /// Creates a network with values under `parameters`: `trunk`, `embedding`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - width: The share of ResNet-18's channels.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the last features, from 0 to below 1.
    public init(_ parameters: Parameters, width: Double = 0.5, dimension: Int = 128, dropout: Double = 0) throws {
        network = try ResidualNetwork(
            parameters, unit: .fused, width: width, dimension: dimension, dropout: dropout)
    }

    /// Maps faces `[batch, 3, side, side]` (red, green, blue, −1 to 1) to embeddings `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor { network(x, training: training) }

    /// Returns the last feature map, `[batch, channels, side / 16, side / 16]`.
    func features(_ x: Tensor, training: Bool) -> Tensor { network.features(x, training: training) }
}

/// A fusion of two maps by shares that depend on both (Dai et al., equation 4): M(X + Y) X + (1 − M(X + Y)) Y.
struct AttentionalFusion {
    private let attention: MultiScaleAttention

    init(_ parameters: Parameters, channels: Int) throws {
        attention = try MultiScaleAttention(parameters, channels: channels)
    }

    /// Returns the fusion of two maps, `[batch, channels, height, width]`, with the same shape.
    ///
    /// - Parameters:
    ///   - identity: X, the input of the block.
    ///   - residual: Y, the output of the block.
    func callAsFunction(_ identity: Tensor, _ residual: Tensor, training: Bool) -> Tensor {
        residual + attention.share(identity + residual, training: training) * (identity - residual)
    }
}

/// The multi-scale channel attention module, MS-CAM. It weights channels by each position and by the mean of the whole
/// map.
///
/// Dai et al., equations 2 and 3. Channels are squeezed to a quarter, as in the authors' code.
struct MultiScaleAttention {
    /// A bottleneck of two 1 × 1 convolutions.
    private struct Context {
        let squeeze: NormalizedConvolution
        let excite: NormalizedConvolution

        init(_ parameters: Parameters, channels: Int) throws {
            let squeezed = channels / 4
            squeeze = try NormalizedConvolution(parameters["squeeze"], in: channels, out: squeezed, kernel: 1)
            excite = try NormalizedConvolution(
                parameters["excite"], in: squeezed, out: channels, kernel: 1, activation: nil)
        }

        func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
            excite(squeeze(x, training: training), training: training)
        }
    }

    private let local: Context
    private let global: Context

    /// Creates a module with values under `parameters`: `local`, `global`.
    init(_ parameters: Parameters, channels: Int) throws {
        local = try Context(parameters["local"], channels: channels)
        global = try Context(parameters["global"], channels: channels)
    }

    /// Returns M, the share of each element, `[batch, channels, height, width]`, 0...1.
    func share(_ x: Tensor, training: Bool) -> Tensor {
        let whole = global(x.mean(2, 3, keepingAxes: true), training: training)
        return sigmoid(local(x, training: training) + whole)
    }
}
