package import Faces
package import Pixels

/// A converter that writes crops into a network's input, in the format of the model's card.
package struct InputPacking: Sendable {
    private let input: ModelInput
    /// The channel of the network for each of red, green and blue.
    private let order: [Int]
    /// The value of each byte for each of red, green and blue; unused with whitening.
    private let tables: [[Float]]

    package init(_ input: ModelInput) {
        self.input = input
        let order = input.channels == .rgb ? [0, 1, 2] : [2, 1, 0]
        self.order = order
        tables = order.map { channel in
            let mean = input.mean?[channel] ?? 0
            let scale = input.scale?[channel] ?? 1
            return (0...255).map { (Float($0) - mean) * scale }
        }
    }

    /// Writes one crop.
    ///
    /// - Parameters:
    ///   - image: The crop.
    ///   - mirrored: Whether left and right are swapped.
    ///   - target: A buffer with one number for each byte of the crop.
    package func pack(_ image: Image, mirrored: Bool, into target: UnsafeMutableBufferPointer<Float>) {
        precondition(target.count == image.pixels.count, "one number for each byte")
        let tables = input.normalization == .whitening ? Array(repeating: whitening(image), count: 3) : self.tables
        let width = image.width, height = image.height
        let (pixelStep, channelStep) = input.layout == .nchw ? (1, width * height) : (3, 1)
        image.pixels.withUnsafeBufferPointer { pixels in
            for channel in 0..<3 {
                let offset = order[channel] * channelStep
                tables[channel].withUnsafeBufferPointer { table in
                    for y in 0..<height {
                        let row = y * width
                        for x in 0..<width {
                            let place = row + (mirrored ? width - 1 - x : x)
                            target[offset + place * pixelStep] = table[Int(pixels[(row + x) * 3 + channel])]
                        }
                    }
                }
            }
        }
    }

    /// Returns the value of each byte of `image`, for a mean of 0 and a deviation of 1 over all its values.
    private func whitening(_ image: Image) -> [Float] {
        var histogram = [Int](repeating: 0, count: 256)
        for byte in image.pixels { histogram[Int(byte)] += 1 }
        var sum = 0, squares = 0
        for (value, count) in histogram.enumerated() {
            sum += value * count
            squares += value * value * count
        }
        let count = Double(image.pixels.count)
        let mean = Double(sum) / count
        let deviation = max(Double(squares) / count - mean * mean, 0).squareRoot()
        let scale = 1 / max(deviation, 1 / count.squareRoot())
        return (0...255).map { Float((Double($0) - mean) * scale) }
    }
}
