import Tensors

/// A histogram of numbers whose range is not known before.
///
/// The bins cover −limit to limit. A larger number doubles the limit, and two bins each become one, so that the numbers
/// need not be kept.
struct ValueHistogram {
    /// The smallest number, at most 0.
    private(set) var lower: Float = 0
    /// The largest number, at least 0.
    private(set) var upper: Float = 0
    /// Whether all numbers are finite.
    private(set) var isFinite = true

    private static let bins = 4096
    private var limit: Float = 0x1p-20
    private var counts = [Int](repeating: 0, count: bins)

    /// Adds numbers.
    mutating func take(_ values: UnsafeBufferPointer<Float>) {
        // The product with 0 is 0 for every finite number, and NaN for infinities and NaN.
        var spoilt: Float = 0
        for value in values {
            lower = min(lower, value)
            upper = max(upper, value)
            spoilt += value * 0
        }
        guard spoilt == 0, isFinite, max(upper, -lower) < .greatestFiniteMagnitude / 8 else {
            isFinite = false
            return
        }
        while limit <= max(upper, -lower) { double() }
        let scale = Float(Self.bins / 2) / limit
        counts.withUnsafeMutableBufferPointer { counts in
            for value in values { counts[min(Int((value + limit) * scale), Self.bins - 1)] += 1 }
        }
    }

    private mutating func double() {
        var merged = [Int](repeating: 0, count: Self.bins)
        for (bin, count) in counts.enumerated() { merged[Self.bins / 4 + bin / 2] += count }
        (counts, limit) = (merged, 2 * limit)
    }

    /// The range for 8-bit integers with the smallest mean squared error. It may exclude the largest numbers, which are
    /// then replaced by its ends, so that the others are represented more finely (Sung, Shin and Hwang, 2015,
    /// "Resiliency of Deep Neural Networks under Quantization"). Both ends are multiples of a twentieth of the extremes.
    var bestRange: QuantizationRange {
        let width = 2 * limit / Float(Self.bins)
        let filled = counts.enumerated().filter { $0.element > 0 }.map { bin, count in
            (center: -limit + (Float(bin) + 0.5) * width, count: Double(count))
        }
        var best = (range: QuantizationRange(lower: lower, upper: upper), error: Double.infinity)
        for below in lower < 0 ? Array(4...20) : [20] {
            for above in upper > 0 ? Array(4...20) : [20] {
                let range = QuantizationRange(lower: lower * Float(below) / 20, upper: upper * Float(above) / 20)
                let (scale, zero) = (range.scale, Float(range.zeroPoint))
                var error = 0.0
                for (center, count) in filled {
                    let integer = min(max((center / scale).rounded(.toNearestOrEven) + zero, 0), 255)
                    let distance = Double((integer - zero) * scale - center)
                    error += count * distance * distance
                }
                if error <= best.error { best = (range, error) }
            }
        }
        return best.range
    }
}
