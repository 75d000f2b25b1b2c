public import Tensors

/// Atrous spatial pyramid pooling: one place seen at several distances at once.
///
/// Chen et al., *Rethinking Atrous Convolution for Semantic Image Segmentation*, 2017 (arXiv:1706.05587), figure 5: a
/// 1×1 convolution, 3×3 convolutions at several rates, and the mean of the whole map, brought together by a 1×1
/// convolution.
public struct AtrousPyramid {
    private let point: ConvolutionUnit
    private let atrous: [(Conv2d, BatchNorm2d)]
    private let global: Conv2d
    private let joined: ConvolutionUnit

    /// A pyramid on maps with `channels` channels, which it keeps.
    ///
    /// - Parameter rates: The distances between the taps of the 3×3 kernels; rates near the map's size see zeros only.
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

    /// `[batch, channels, height, width]` → the same shape.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let near = atrous.map { convolution, normalization in relu(normalization(convolution(x), training: training)) }
        let local = Tensor.concatenated([point(x, training: training)] + near, axis: 1)
        // The global branch is the same at every place: adding it equals concatenating it before the 1×1 convolution.
        return joined(local, training: training) + relu(global(x.mean(2, 3, keepingAxes: true)))
    }
}
