import Pixels

/// A linear change of colors: brightness, contrast, saturation and hue in one pass.
struct Tone: Hashable, Sendable {
    /// The factor of all colors; 1 changes nothing.
    var brightness: Float = 1
    /// The factor of the distance from the picture's mean; 1 changes nothing.
    var contrast: Float = 1
    /// The factor of the distance from gray; 1 changes nothing.
    var saturation: Float = 1
    /// The rotation of colors about the gray axis, in degrees.
    var hue: Float = 0

    func applied(to image: Image) -> Image {
        guard self != Tone() else { return image }
        let middle = contrast == 1 ? 0 : Float(image.meanLuma)
        // The three columns are the contributions of red, green and blue.
        let columns = (column([1, 0, 0]), column([0, 1, 0]), column([0, 0, 1]))
        let gain = brightness * contrast
        let constant = SIMD4<Float>(repeating: brightness * middle * (1 - contrast) + 0.5)
        var pixels = image.pixels
        pixels.withUnsafeMutableBufferPointer { bytes in
            for at in stride(from: 0, to: bytes.count, by: 3) {
                var sum = columns.0 * Float(bytes[at]) + columns.1 * Float(bytes[at + 1])
                sum += columns.2 * Float(bytes[at + 2])
                sum = sum * gain + constant
                sum.clamp(lowerBound: .zero, upperBound: SIMD4(repeating: 255.5))
                bytes[at] = UInt8(sum.x)
                bytes[at + 1] = UInt8(sum.y)
                bytes[at + 2] = UInt8(sum.z)
            }
        }
        return Image(width: image.width, height: image.height, pixels: pixels)
    }

    private func column(_ color: SIMD3<Float>) -> SIMD4<Float> {
        let gray = SIMD3(repeating: (color * [0.299, 0.587, 0.114]).sum())
        let radians = hue * .pi / 180
        let c = MaskShape.cosine(radians), s = MaskShape.sine(radians)
        // A rotation about (1, 1, 1), after which the luminance is restored.
        let third = SIMD3<Float>(repeating: color.sum() / 3)
        let axis: Float = 0.577_350_26
        let turned = color * c + FaceFrame.cross([axis, axis, axis], color) * s + third * (1 - c)
        let shifted = turned + (gray - SIMD3(repeating: (turned * [0.299, 0.587, 0.114]).sum()))
        let result = gray + (shifted - gray) * saturation
        return SIMD4(result, 0)
    }
}

extension Image {
    /// The mean luma, 0...255.
    var meanLuma: Int {
        var sum = 0
        for at in stride(from: 0, to: pixels.count, by: 3) {
            sum += 77 * Int(pixels[at]) + 150 * Int(pixels[at + 1]) + 29 * Int(pixels[at + 2])
        }
        return sum / (256 * width * height)
    }
}
