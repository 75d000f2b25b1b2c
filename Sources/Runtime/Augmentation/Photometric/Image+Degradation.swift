import Foundation
import LikenessSupport
import Pixels

extension Image {
    /// Returns the picture convolved with a Gaussian of `sigma` pixels, cut off at three deviations; the edge pixels
    /// are repeated.
    ///
    /// Rows and columns are summed tap by tap over whole rows of bytes, which the compiler vectorizes. This is several
    /// times as fast as summing pixel by pixel.
    func blurred(sigma: Float) -> Image {
        let kernel = gaussianKernel(sigma: sigma).map { UInt16(($0 * 256).rounded()) }
        let radius = kernel.count - 1
        let stride = width * 3
        // The rounding error is added to the middle.
        var taps = kernel
        taps[0] = 256 - 2 * kernel.dropFirst().reduce(0, +)
        let rows = Self.summed(pixels, height: height, stride: stride, taps: taps) { y, offset in
            let place = y + offset
            return (place < 0 ? 0 : place >= height ? height - 1 : place) * stride
        }
        // Every row gets a border, so that one plain loop works for all pixels.
        let padded = stride + 2 * radius * 3
        var wide = [UInt8](repeating: 0, count: padded * height)
        for y in 0..<height {
            let from = y * stride, to = y * padded
            for index in 0..<stride { wide[to + radius * 3 + index] = rows[from + index] }
            for index in 0..<radius * 3 {
                wide[to + index] = rows[from + index % 3]
                wide[to + radius * 3 + stride + index] = rows[from + stride - 3 + index % 3]
            }
        }
        let result = Self.summed(wide, height: height, stride: stride, taps: taps) { y, offset in
            y * padded + (radius + offset) * 3
        }
        return Image(width: width, height: height, pixels: result)
    }

    /// Returns, for every row of the result, the weighted sum of the runs of `stride` bytes that `start` gives.
    private static func summed(
        _ source: [UInt8], height: Int, stride: Int, taps: [UInt16], start: (_ row: Int, _ offset: Int) -> Int
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: height * stride) { target, count in
            source.withUnsafeBufferPointer { source in
                withUnsafeTemporaryAllocation(of: UInt16.self, capacity: stride) { sum in
                    for y in 0..<height {
                        let middle = start(y, 0)
                        for index in 0..<stride { sum[index] = UInt16(source[middle + index]) &* taps[0] &+ 128 }
                        for offset in 1..<taps.count {
                            let before = start(y, -offset), after = start(y, offset), weight = taps[offset]
                            for index in 0..<stride {
                                let pair = UInt16(source[before + index]) &+ UInt16(source[after + index])
                                sum[index] = sum[index] &+ pair &* weight
                            }
                        }
                        for index in 0..<stride {
                            target[y * stride + index] = UInt8(truncatingIfNeeded: sum[index] >> 8)
                        }
                    }
                }
            }
            count = height * stride
        }
    }

    /// Returns the mean of the picture moved along a line of `length` pixels at `angle` degrees, as from a moving
    /// camera.
    func motionBlurred(length: Float, angle: Float) -> Image {
        let steps = max(Int(length.rounded()), 1)
        guard steps > 1 else { return self }
        let radians = angle * .pi / 180
        let dx = MaskShape.cosine(radians), dy = MaskShape.sine(radians)
        let offsets = (0..<steps).map { step -> (x: Int, y: Int) in
            let along = Float(step) - Float(steps - 1) / 2
            return (Int((along * dx).rounded()), Int((along * dy).rounded()))
        }
        var sums = [UInt32](repeating: 0, count: pixels.count)
        for offset in offsets {
            for y in 0..<height {
                let row = min(max(y + offset.y, 0), height - 1) * width
                for x in 0..<width {
                    let from = (row + min(max(x + offset.x, 0), width - 1)) * 3, to = (y * width + x) * 3
                    sums[to] &+= UInt32(pixels[from])
                    sums[to + 1] &+= UInt32(pixels[from + 1])
                    sums[to + 2] &+= UInt32(pixels[from + 2])
                }
            }
        }
        let count = UInt32(steps)
        return Image(width: width, height: height, pixels: sums.map { UInt8(($0 + count / 2) / count) })
    }

    /// Returns the picture with normal noise of deviation `sigma` gray levels in each color.
    func noisy(sigma: Float, using generator: inout SeededGenerator) -> Image {
        var pixels = pixels
        for index in pixels.indices {
            pixels[index] = Self.byte(Float(pixels[index]) + sigma * generator.normal())
        }
        return Image(width: width, height: height, pixels: pixels)
    }

    /// Returns the picture with `stops` less light: darker in linear light, with shot noise and sensor noise.
    ///
    /// The model assumes 4,000 electrons in a white pixel before the reduction, and sensor noise of 3 electrons.
    func darkened(stops: Float, using generator: inout SeededGenerator) -> Image {
        let electrons: Float = 4000, sensor: Float = 3
        let gain = Float(exp2(-Double(stops)))
        let linear = (0...255).map { Self.linear(Float($0) / 255) * gain * electrons }
        let deviations = linear.map { ($0 + sensor * sensor).squareRoot() }
        let encoded = Self.encodings
        var pixels = pixels
        for index in pixels.indices {
            let level = Int(pixels[index])
            let seen = linear[level] + deviations[level] * generator.normal()
            pixels[index] = encoded[min(max(Int(seen / electrons * 16383 + 0.5), 0), 16383)]
        }
        return Image(width: width, height: height, pixels: pixels)
    }

    /// Returns the picture shrunk by `factor` and enlarged again, as from a camera with fewer pixels.
    func coarsened(factor: Float) -> Image {
        resized(
            width: max(Int((Float(width) / factor).rounded()), 4),
            height: max(Int((Float(height) / factor).rounded()), 4)
        ).resized(width: width, height: height, method: .bilinear)
    }

    /// Returns the picture in squares of `side` pixels, each in the mean of its colors.
    func pixelated(side: Int) -> Image {
        guard side > 1 else { return self }
        var pixels = pixels
        for top in stride(from: 0, to: height, by: side) {
            for left in stride(from: 0, to: width, by: side) {
                let rows = top..<min(top + side, height), columns = left..<min(left + side, width)
                var sums = SIMD4<Int>.zero
                for y in rows {
                    for x in columns {
                        let at = (y * width + x) * 3
                        sums &+= SIMD4(Int(pixels[at]), Int(pixels[at + 1]), Int(pixels[at + 2]), 1)
                    }
                }
                for y in rows {
                    for x in columns {
                        for color in 0..<3 {
                            pixels[(y * width + x) * 3 + color] = UInt8((sums[color] + sums[3] / 2) / sums[3])
                        }
                    }
                }
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }

    /// Returns the picture with `levels` evenly spaced values of each color, from 0 to 255.
    func posterized(levels: Int) -> Image {
        let last = Float(levels - 1)
        let values = (0...255).map { UInt8(((Float($0) / 255 * last).rounded() / last * 255).rounded()) }
        return Image(width: width, height: height, pixels: pixels.map { values[Int($0)] })
    }

    /// Returns the linear value of an sRGB value.
    private static func linear(_ value: Float) -> Float {
        value <= 0.04045 ? value / 12.92 : Float(pow((Double(value) + 0.055) / 1.055, 2.4))
    }

    /// The sRGB values of 16,384 equal steps of linear light.
    private static let encodings: [UInt8] = (0..<16384).map { step in
        let value = Double(step) / 16383
        let encoded = value <= 0.0031308 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055
        return UInt8((encoded * 255).rounded())
    }
}
