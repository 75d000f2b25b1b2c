/// A rectangle of premultiplied RGB and opacity, 0...1, that is laid over a picture.
struct Layer {
    /// The picture's column and row of the first pixel.
    let left: Int
    let top: Int
    let width: Int
    let height: Int
    var pixels: [SIMD4<Float>]

    /// The layer under a Gaussian of `sigma` pixels.
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

    /// The opacity alone, spread by boxes of `radius` pixels, three times over: nearly a Gaussian.
    func spreadOpacity(radius: Int) -> [Float] {
        var plane = pixels.map(\.w)
        guard radius > 0 else { return plane }
        for _ in 0..<2 {
            for y in 0..<height {
                Self.box(&plane, start: y * width, step: 1, count: width, radius: radius)
            }
            for x in 0..<width {
                Self.box(&plane, start: x, step: width, count: height, radius: radius)
            }
        }
        return plane
    }

    /// The mean over `2 * radius + 1` neighbours along a line; beyond its ends there is nothing.
    private static func box(_ plane: inout [Float], start: Int, step: Int, count: Int, radius: Int) {
        let line = (0..<count).map { plane[start + $0 * step] }
        let share = 1 / Float(2 * radius + 1)
        var sum = line.prefix(radius).reduce(0, +)
        for index in 0..<count {
            if index + radius < count { sum += line[index + radius] }
            if index - radius - 1 >= 0 { sum -= line[index - radius - 1] }
            plane[start + index * step] = max(sum * share, 0)
        }
    }
}
