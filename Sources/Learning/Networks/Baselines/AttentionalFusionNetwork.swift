public import Tensors

/// AFF-Net: a ResNet that joins what a block has found and what it was given by attention, not by a plain sum.
///
/// Paper B means *AFF-Net: a masked face recognition network based on attention and feature fusion* (S. Li, 2023,
/// doi:10.1117/12.3004369): four modules with attention, and features of several layers that are fused and weight the
/// channels. Only its abstract was at hand, which gives no layers and no sizes. In its place stands the attentional
/// feature fusion of Dai et al., 2021 (arXiv:2009.14082), which goes by the same name: the short skip connections of a
/// ResNet-18 are fused by it, at half of the channels (``BackboneKind``). 0.5 billion multiplications a face.
public struct AttentionalFusionNetwork: Backbone {
    private let network: ResidualNetwork

    /// A network with values under `parameters`: `trunk`, `embedding`.
    ///
    /// - Parameters:
    ///   - width: The share of ResNet-18's channels.
    ///   - dimension: Length of the embedding.
    ///   - dropout: The share of the last features that training leaves out, from 0 to under 1.
    public init(_ parameters: Parameters, width: Double = 0.5, dimension: Int = 128, dropout: Double = 0) throws {
        network = try ResidualNetwork(
            parameters, unit: .fused, width: width, dimension: dimension, dropout: dropout)
    }

    /// `[batch, 3, side, side]`, red, green, blue, −1 to 1 → `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor { network(x, training: training) }

    /// The last map, `[batch, channels, side / 16, side / 16]`.
    func features(_ x: Tensor, training: Bool) -> Tensor { network.features(x, training: training) }
}

/// Two maps joined by shares that depend on both (Dai et al., equation 4): M(X + Y) X + (1 − M(X + Y)) Y.
struct AttentionalFusion {
    private let attention: MultiScaleAttention

    init(_ parameters: Parameters, channels: Int) throws {
        attention = try MultiScaleAttention(parameters, channels: channels)
    }

    /// Two times `[batch, channels, height, width]` → the same shape.
    ///
    /// - Parameters:
    ///   - identity: X, what a block was given.
    ///   - residual: Y, what it has found.
    func callAsFunction(_ identity: Tensor, _ residual: Tensor, training: Bool) -> Tensor {
        residual + attention.share(identity + residual, training: training) * (identity - residual)
    }
}

/// The multi-scale channel attention module, MS-CAM: channels are weighted by what each place says of them and by what
/// the whole map says.
///
/// Dai et al., equations 2 and 3; channels are squeezed to a quarter, as in their code.
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

    /// A module with values under `parameters`: `local`, `global`.
    init(_ parameters: Parameters, channels: Int) throws {
        local = try Context(parameters["local"], channels: channels)
        global = try Context(parameters["global"], channels: channels)
    }

    /// M, each element's share, `[batch, channels, height, width]`, 0...1.
    func share(_ x: Tensor, training: Bool) -> Tensor {
        let whole = global(x.mean(2, 3, keepingAxes: true), training: training)
        return sigmoid(local(x, training: training) + whole)
    }
}
