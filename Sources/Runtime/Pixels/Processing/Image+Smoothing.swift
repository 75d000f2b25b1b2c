#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Image {
    /// Returns the picture convolved with a Gaussian of standard deviation `sigma` pixels, cut off at three deviations.
    ///
    /// At the edges, the outermost pixels are repeated.
    public func smoothed(sigma: Float) -> Image {
        precondition(sigma > 0 && sigma.isFinite, "a Gaussian has a width")
        let kernel = Self.gaussian(sigma)
        return convolved(kernel, alongRows: true).convolved(kernel, alongRows: false)
    }

    /// Returns the weights from the middle outwards, in 1/65536; both sides together sum to 65536.
    private static func gaussian(_ sigma: Float) -> [Int32] {
        let radius = max(1, Int((3 * sigma).rounded(.up)))
        let weights = (0...radius).map { expf(-Float($0 * $0) / (2 * sigma * sigma)) }
        let total = weights[0] + 2 * weights.dropFirst().reduce(0, +)
        var kernel = weights.map { Int32(($0 / total * 65536).rounded()) }
        kernel[0] = 65536 - 2 * kernel.dropFirst().reduce(0, +)
        return kernel
    }

    private func convolved(_ kernel: [Int32], alongRows: Bool) -> Image {
        let length = alongRows ? width : height
        // The samples of one row or column lie `step` apart; `stride` leads to the next one.
        let step = alongRows ? 3 : width * 3
        let lines = alongRows ? height : width, stride = alongRows ? width * 3 : 3
        return Image(width: width, height: height) { target in
            pixels.withUnsafeBufferPointer { source in
                for line in 0..<lines {
                    for place in 0..<length {
                        for channel in 0..<3 {
                            let base = line * stride + channel
                            var sum = Int32(source[base + place * step]) * kernel[0] + 32768
                            for offset in 1..<kernel.count {
                                let before = max(place - offset, 0), after = min(place + offset, length - 1)
                                sum +=
                                    kernel[offset]
                                    * (Int32(source[base + before * step]) + Int32(source[base + after * step]))
                            }
                            target[base + place * step] = UInt8(truncatingIfNeeded: min(max(sum >> 16, 0), 255))
                        }
                    }
                }
            }
        }
    }
}
