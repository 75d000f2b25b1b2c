import Pixels

/// A picture with transparency: premultiplied RGB and opacity, 0...1.
struct Cutout: Sendable {
    let width: Int
    let height: Int
    private let pixels: [SIMD4<Float>]

    init(_ image: TransparentImage) {
        width = image.width
        height = image.height
        pixels = (0..<image.width * image.height).map { index in
            let at = index * 4
            let opacity = Float(image.pixels[at + 3]) / 255
            let color = SIMD3(Float(image.pixels[at]), Float(image.pixels[at + 1]), Float(image.pixels[at + 2])) / 255
            return SIMD4(color * opacity, opacity)
        }
    }

    private init(width: Int, height: Int, pixels: [SIMD4<Float>]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// The picture at half the size; an odd last row or column is dropped.
    var halved: Cutout {
        let columns = max(width / 2, 1), rows = max(height / 2, 1)
        let mixed = (0..<columns * rows).map { index -> SIMD4<Float> in
            let x = index % columns * 2, y = index / columns * 2
            let right = min(x + 1, width - 1), below = min(y + 1, height - 1)
            return
                (pixels[y * width + x] + pixels[y * width + right] + pixels[below * width + x]
                + pixels[below * width + right]) / 4
        }
        return Cutout(width: columns, height: rows, pixels: mixed)
    }

    /// Points along the picture's edge.
    var border: [SIMD2<Float>] {
        let right = Float(width - 1), bottom = Float(height - 1)
        return stride(from: Float(0), through: 1, by: 0.125).flatMap { t -> [SIMD2<Float>] in
            [[t * right, 0], [t * right, bottom], [0, t * bottom], [right, t * bottom]]
        }
    }

    /// Returns the bilinear color at a place; transparent outside.
    func color(at place: SIMD2<Float>) -> SIMD4<Float> {
        guard place.x > -1, place.y > -1, place.x < Float(width), place.y < Float(height) else { return .zero }
        let left = place.x.rounded(.down), top = place.y.rounded(.down)
        let x = Int(left), y = Int(top)
        let fx = place.x - left, fy = place.y - top
        let above = pixel(x, y) * (1 - fx) + pixel(x + 1, y) * fx
        let below = pixel(x, y + 1) * (1 - fx) + pixel(x + 1, y + 1) * fx
        return above * (1 - fy) + below * fy
    }

    private func pixel(_ x: Int, _ y: Int) -> SIMD4<Float> {
        x >= 0 && y >= 0 && x < width && y < height ? pixels[y * width + x] : .zero
    }
}
