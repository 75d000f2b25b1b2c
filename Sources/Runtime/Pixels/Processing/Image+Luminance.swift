#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Color {
    /// The ITU-R BT.601 luma, 0...255, rounded; identical to OpenCV's conversion to gray.
    public var luminance: UInt8 { Luma.of(red, green, blue) }
}

extension Image {
    /// The ITU-R BT.601 luma (0.299 red + 0.587 green + 0.114 blue) of every pixel, row by row, `width * height` bytes.
    ///
    /// It is identical to OpenCV's conversion to gray.
    public var luminance: [UInt8] {
        let count = width * height
        return pixels.withUnsafeBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
                for index in 0..<count {
                    target[index] = Luma.of(source[index * 3], source[index * 3 + 1], source[index * 3 + 2])
                }
                initialized = count
            }
        }
    }

    /// Returns the picture with every value v replaced by 255 (v / 255)^`gamma`: below 1 brightens, above 1 darkens.
    public func gammaCorrected(_ gamma: Float) -> Image {
        precondition(gamma > 0 && gamma.isFinite, "a gamma is a positive number")
        let table = (0...255).map { value in
            UInt8((255 * powf(Float(value) / 255, gamma)).rounded())
        }
        return Image(width: width, height: height) { target in
            pixels.withUnsafeBufferPointer { source in
                for index in source.indices { target[index] = table[Int(source[index])] }
            }
        }
    }
}

enum Luma {
    @inline(__always)
    static func of(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
        UInt8(truncatingIfNeeded: (UInt32(red) * 9798 + UInt32(green) * 19235 + UInt32(blue) * 3735 + (1 << 14)) >> 15)
    }
}
