import Tensors

/// Between pictures and half as large ones with four times the channels, without loss (Shi et al., *Real-time single image
/// and video super-resolution*, 2016, arXiv:1609.05158): the finest level of a network is where its time goes, and pixels
/// need no features of their own.
enum PixelShuffle {
    /// `[batch, channels, height, width]` → `[batch, 4 channels, height / 2, width / 2]`.
    static func folded(_ x: Tensor) -> Tensor {
        let shape = x.shape
        let (channels, height, width) = (shape[1], shape[2] / 2, shape[3] / 2)
        return x.reshaped([-1, channels, height, 2, width, 2]).permuted([0, 1, 3, 5, 2, 4])
            .reshaped([-1, 4 * channels, height, width])
    }

    /// `[batch, 4 channels, height, width]` → `[batch, channels, 2 height, 2 width]`.
    static func unfolded(_ x: Tensor) -> Tensor {
        let shape = x.shape
        let (channels, height, width) = (shape[1] / 4, shape[2], shape[3])
        return x.reshaped([-1, channels, 2, 2, height, width]).permuted([0, 1, 4, 2, 5, 3])
            .reshaped([-1, channels, 2 * height, 2 * width])
    }
}
