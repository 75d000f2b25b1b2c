import Tensors

/// A lossless conversion between pictures and pictures of half the side with four times the channels (Shi et al.,
/// *Real-time single image and video super-resolution*, 2016, arXiv:1609.05158). The finest level of a network costs
/// the most time, and single pixels need no features of their own.
enum PixelShuffle {
    /// Maps `[batch, channels, height, width]` to `[batch, 4 channels, height / 2, width / 2]`.
    static func folded(_ x: Tensor) -> Tensor {
        let shape = x.shape
        let (channels, height, width) = (shape[1], shape[2] / 2, shape[3] / 2)
        return x.reshaped([-1, channels, height, 2, width, 2]).permuted([0, 1, 3, 5, 2, 4])
            .reshaped([-1, 4 * channels, height, width])
    }

    /// Maps `[batch, 4 channels, height, width]` to `[batch, channels, 2 height, 2 width]`.
    static func unfolded(_ x: Tensor) -> Tensor {
        let shape = x.shape
        let (channels, height, width) = (shape[1] / 4, shape[2], shape[3])
        return x.reshaped([-1, channels, 2, 2, height, width]).permuted([0, 1, 4, 2, 5, 3])
            .reshaped([-1, channels, 2 * height, 2 * width])
    }
}
