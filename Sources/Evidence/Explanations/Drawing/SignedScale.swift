public import Pixels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A color scale for signed values: orange for positive, blue for negative, nearly white for zero.
///
/// It consists of two straight lines of equal length in CIELAB, starting at one light gray. Equal steps look equally
/// different (CIE 1976), and both arms darken equally (Moreland, *Diverging Color Maps for Scientific Visualization*,
/// 2009). Orange and blue are distinguishable with every common color vision deficiency.
public enum SignedScale {
    /// Returns the color of a value, clamped to −1...1.
    public static func color(_ value: Float) -> Color {
        let amount = min(abs(value), 1)
        let end = value < 0 ? against : support
        return color(
            lightness: neutral + (end.lightness - neutral) * amount, a: end.a * amount, b: end.b * amount)
    }

    /// The lightness for the value 0, on a scale to 100.
    private static let neutral: Float = 95
    /// Chroma 60 at hues of 58 and 283 degrees, both at lightness 52; sRGB contains both lines.
    private static let support: (lightness: Float, a: Float, b: Float) = (52, 31.8, 50.9)
    private static let against: (lightness: Float, a: Float, b: Float) = (52, 13.5, -58.5)

    /// Converts CIELAB (D65, 2°) to sRGB.
    private static func color(lightness: Float, a: Float, b: Float) -> Color {
        let fy = (lightness + 16) / 116
        let x = 0.95047 * cubed(fy + a / 500), y = cubed(fy), z = 1.08883 * cubed(fy - b / 200)
        return Color(
            red: encoded(3.2406 * x - 1.5372 * y - 0.4986 * z),
            green: encoded(-0.9689 * x + 1.8758 * y + 0.0415 * z),
            blue: encoded(0.0557 * x - 0.2040 * y + 1.0570 * z))
    }

    private static func cubed(_ value: Float) -> Float {
        value > 6 / 29 ? value * value * value : (value - 4 / 29) * 108 / 841
    }

    private static func encoded(_ linear: Float) -> UInt8 {
        let clipped = min(max(linear, 0), 1)
        let value = clipped <= 0.003_130_8 ? clipped * 12.92 : 1.055 * powf(clipped, 1 / 2.4) - 0.055
        return UInt8(value * 255 + 0.5)
    }
}

extension Image {
    /// Returns the picture in gray, with the values of `grid` laid over it.
    ///
    /// - Parameters:
    ///   - grid: The values over the whole picture.
    ///   - limit: The value of the scale's last color, above 0. The first color is for −`limit`.
    public func overlaid(with grid: HeatGrid, limit: Float) -> Image {
        var result = self
        for (index, gray) in luminance.enumerated() {
            let x = (Float(index % width) + 0.5) / Float(width), y = (Float(index / width) + 0.5) / Float(height)
            let color = SignedScale.color(grid.value(x: x, y: y) / limit)
            for (channel, part) in [color.red, color.green, color.blue].enumerated() {
                // Multiplies the colors as through colored glass, so that the face stays visible even if the scale is
                // dark.
                let light = 0.35 + 0.65 * Float(gray) / 255
                result.pixels[index * 3 + channel] = UInt8(Float(part) * light + 0.5)
            }
        }
        return result
    }
}
