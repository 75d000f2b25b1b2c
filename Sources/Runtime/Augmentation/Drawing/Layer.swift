/// A rectangle of premultiplied RGB and opacity, 0...1, to composite over a picture.
struct Layer {
    /// The picture's column and row of the first pixel.
    let left: Int
    let top: Int
    let width: Int
    let height: Int
    var pixels: [SIMD4<Float>]

    /// Returns the layer convolved with a Gaussian of `sigma` pixels.
    func softened(sigma: Float) -> Layer {
        guard sigma > 0.15 else { return self }
        let kernel = gaussianKernel(sigma: sigma)
        var result = self
        result.pixels = Self.convolved(pixels, width: width, height: height, kernel: kernel)
        return result
    }

    private static func convolved(
        _ source: [SIMD4<Float>], width: Int, height: Int, kernel: [Float]
    ) -> [SIMD4<Float>] {
        let radius = kernel.count - 1
        var rows = source
        for y in 0..<height {
            for x in 0..<width {
                var sum = source[y * width + x] * kernel[0]
                for offset in 1...radius {
                    if x >= offset { sum += source[y * width + x - offset] * kernel[offset] }
                    if x + offset < width { sum += source[y * width + x + offset] * kernel[offset] }
                }
                rows[y * width + x] = sum
            }
        }
        var result = rows
        for y in 0..<height {
            for x in 0..<width {
                var sum = rows[y * width + x] * kernel[0]
                for offset in 1...radius {
                    if y >= offset { sum += rows[(y - offset) * width + x] * kernel[offset] }
                    if y + offset < height { sum += rows[(y + offset) * width + x] * kernel[offset] }
                }
                result[y * width + x] = sum
            }
        }
        return result
    }

    /// Returns the opacity spread by two box filters of `radius` pixels, which is nearly a Gaussian.
    ///
    /// Outside the edges, the opacity is 0.
    func spreadOpacity(radius: Int) -> [Float] {
        var plane = pixels.map(\.w)
        guard radius > 0 else { return plane }
        var other = plane
        for _ in 0..<2 {
            plane.withUnsafeMutableBufferPointer { plane in
                other.withUnsafeMutableBufferPointer { other in
                    spreadRows(plane, into: other, radius: radius)
                    spreadColumns(other, into: plane, radius: radius)
                }
            }
        }
        return plane
    }

    private func spreadRows(
        _ source: UnsafeMutableBufferPointer<Float>, into target: UnsafeMutableBufferPointer<Float>, radius: Int
    ) {
        let share = 1 / Float(2 * radius + 1)
        for y in 0..<height {
            let start = y * width
            var sum: Float = 0
            for x in 0..<min(radius, width) { sum += source[start + x] }
            for x in 0..<width {
                if x + radius < width { sum += source[start + x + radius] }
                if x - radius - 1 >= 0 { sum -= source[start + x - radius - 1] }
                target[start + x] = max(sum * share, 0)
            }
        }
    }

    /// Filters all columns at once, row by row.
    private func spreadColumns(
        _ source: UnsafeMutableBufferPointer<Float>, into target: UnsafeMutableBufferPointer<Float>, radius: Int
    ) {
        let share = 1 / Float(2 * radius + 1)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { sums in
            sums.initialize(repeating: 0)
            for y in 0..<min(radius, height) {
                for x in 0..<width { sums[x] += source[y * width + x] }
            }
            for y in 0..<height {
                if y + radius < height {
                    for x in 0..<width { sums[x] += source[(y + radius) * width + x] }
                }
                if y - radius - 1 >= 0 {
                    for x in 0..<width { sums[x] -= source[(y - radius - 1) * width + x] }
                }
                for x in 0..<width { target[y * width + x] = max(sums[x] * share, 0) }
            }
        }
    }
}
