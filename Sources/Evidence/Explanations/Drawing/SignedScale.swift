public import Pixels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Colors for numbers with a sign: orange for, blue against, nearly white for nothing.
///
/// Two straight lines in CIELAB of equal length from one light gray: equal steps look equally far apart, by CIE 1976, and
/// both arms grow dark alike (Moreland, *Diverging Color Maps for Scientific Visualization*, 2009). Orange and blue stay
/// apart with every common color vision deficiency.
public enum SignedScale {
    /// Returns the color of a number −1...1; beyond them that of the end.
    public static func color(_ value: Float) -> Color {
        let amount = min(abs(value), 1)
        let end = value < 0 ? against : support
        return color(
            lightness: neutral + (end.lightness - neutral) * amount, a: end.a * amount, b: end.b * amount)
    }

    /// Lightness of 0, of 100.
    private static let neutral: Float = 95
    /// Chroma 60 at hues of 58 and 283 degrees, both at lightness 52: sRGB holds both lines wholly.
    private static let support: (lightness: Float, a: Float, b: Float) = (52, 31.8, 50.9)
    private static let against: (lightness: Float, a: Float, b: Float) = (52, 13.5, -58.5)

    /// CIELAB (D65, 2°) to sRGB.
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
    /// Returns the picture in gray, with the numbers of `grid` laid over it.
    ///
    /// - Parameters:
    ///   - grid: Over the whole picture.
    ///   - limit: The number that has the scale's last color, above 0; −`limit` has the first.
    public func overlaid(with grid: HeatGrid, limit: Float) -> Image {
        var result = self
        for (index, gray) in luminance.enumerated() {
            let x = (Float(index % width) + 0.5) / Float(width), y = (Float(index / width) + 0.5) / Float(height)
            let color = SignedScale.color(grid.value(x: x, y: y) / limit)
            for (channel, part) in [color.red, color.green, color.blue].enumerated() {
                // As through a colored glass: the face stays to be seen where the scale is dark, too.
                let light = 0.35 + 0.65 * Float(gray) / 255
                result.pixels[index * 3 + channel] = UInt8(Float(part) * light + 0.5)
            }
        }
        return result
    }
}
