import Foundation
import LikenessSupport
import Pixels

extension Image {
    /// Returns the picture with `layer` over it, and the coverage of each pixel.
    ///
    /// - Parameters:
    ///   - layer: The layer over the picture; `nil` leaves the picture unchanged.
    ///   - light: The light of the face. Its noise is added to the layer, which is already blurred.
    ///   - shadow: The length of the layer's shadow, in pixels; it falls downwards. 0 for none.
    ///   - generator: The generator of the noise.
    func covered(
        by layer: Layer?, light: FaceLight, shadow: Float, using generator: inout SeededGenerator
    ) -> (image: Image, coverage: [UInt8]) {
        var coverage = [UInt8](repeating: 0, count: width * height)
        guard let layer else { return (self, coverage) }
        let radius = Int((shadow / 2).rounded())
        let shade = layer.spreadOpacity(radius: radius)
        let drop = max(Int((shadow * 0.4).rounded()), 0)
        var pixels = pixels
        pixels.withUnsafeMutableBufferPointer { pixels in
            layer.pixels.withUnsafeBufferPointer { colors in
                for y in 0..<layer.height {
                    for x in 0..<layer.width {
                        let color = colors[y * layer.width + x]
                        let dark = radius > 0 && y >= drop ? shade[(y - drop) * layer.width + x] : 0
                        guard color.w > 0.002 || dark > 0.004 else { continue }
                        let at = (layer.top + y) * width + layer.left + x
                        let opacity = min(color.w, 1)
                        coverage[at] = UInt8((opacity * 255).rounded())
                        let kept = (1 - opacity) * (1 - 0.38 * dark)
                        let isGrainy = opacity > 0.02 && light.noise > 0.002
                        let grain = isGrainy ? generator.normal() * light.noise * opacity * 255 : 0
                        for channel in 0..<3 {
                            let under = Float(pixels[at * 3 + channel]) * kept
                            pixels[at * 3 + channel] = Self.byte(under + color[channel] * 255 + grain)
                        }
                    }
                }
            }
        }
        return (Image(width: width, height: height, pixels: pixels), coverage)
    }

    /// Returns the nearest byte.
    @inline(__always)
    static func byte(_ value: Float) -> UInt8 { UInt8(min(max(value, 0), 255) + 0.5) }
}

/// Returns a Gaussian's weights from the middle outwards, cut off at three deviations; both sides together sum to 1.
func gaussianKernel(sigma: Float) -> [Float] {
    let radius = max(1, Int((3 * sigma).rounded(.up)))
    let spread = 2 * Double(sigma) * Double(sigma)
    let weights = (0...radius).map { (offset: Int) -> Float in Float(exp(-Double(offset * offset) / spread)) }
    let total = weights[0] + 2 * weights.dropFirst().reduce(0, +)
    return weights.map { $0 / total }
}
