import Tensors

/// A conversion of crops from bytes to tensors.
enum CropTensor {
    /// Converts crops to a tensor.
    ///
    /// - Parameter pixels: `[count, side, side, 3]`, red, green, blue.
    /// - Returns: `[count, 3, side, side]`, −1 to 1.
    static func pictures(_ pixels: [UInt8], side: Int, on device: Device) -> Tensor {
        let count = pixels.count / (3 * side * side)
        let bytes = Tensor(bytes: pixels, shape: [count, side, side, 3], on: device).to(.float32)
        return (bytes.permuted([0, 3, 1, 2]) / 127.5 - 1).channelsLast
    }
}
