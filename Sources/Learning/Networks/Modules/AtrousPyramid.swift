public import Tensors

/// Atrous spatial pyramid pooling, which sees each position at several distances.
///
/// Chen et al., *Rethinking Atrous Convolution for Semantic Image Segmentation*, 2017 (arXiv:1706.05587), figure 5: a
/// 1×1 convolution, 3×3 convolutions at several rates, and the mean of the whole map, joined by a 1×1 convolution.
public struct AtrousPyramid {
    private let point: ConvolutionUnit
    private let atrous: [(Conv2d, BatchNorm2d)]
    private let global: Conv2d
    private let joined: ConvolutionUnit

    /// Creates a pyramid for maps with `channels` channels; the result has as many.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - channels: The channels of the map.
    ///   - rates: The distances between the taps of the 3×3 kernels. Taps at rates close to the map's size see only
    ///     zeros.
    public init(_ parameters: Parameters, channels: Int, rates: [Int]) throws {
        point = try ConvolutionUnit(parameters["point"], .batch, in: channels, out: channels, kernel: 1)
        atrous = try rates.enumerated().map { index, rate in
            let place = parameters["atrous"][index]
            return (
                try Conv2d(
                    place["conv"], in: channels, out: channels, kernel: 3, padding: rate, dilation: rate, bias: false),
                try BatchNorm2d(place["bn"], channels: channels)
            )
        }
        global = try Conv2d(parameters["global"], in: channels, out: channels, kernel: 1)
        joined = try ConvolutionUnit(
            parameters["joined"], .batch, in: channels * (rates.count + 1), out: channels, kernel: 1)
    }

    /// Maps `[batch, channels, height, width]` to the same shape.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let near = atrous.map { convolution, normalization in relu(normalization(convolution(x), training: training)) }
        let local = Tensor.concatenated([point(x, training: training)] + near, axis: 1)
        // The global branch is equal at all positions, so adding it is the same as concatenating it before the 1×1
        // convolution.
        return joined(local, training: training) + relu(global(x.mean(2, 3, keepingAxes: true)))
    }
}
