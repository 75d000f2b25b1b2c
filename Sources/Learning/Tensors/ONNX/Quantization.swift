public import LikenessSupport

/// A range of real numbers that 8-bit integers represent: `real = scale · (integer − zeroPoint)` (Jacob et al. 2018,
/// equation 1), with integers 0...255. Zero is always represented exactly, because padding needs it.
public struct QuantizationRange: Sendable, Hashable {
    /// The smallest number, at most 0.
    public let lower: Float
    /// The largest number, at least 0.
    public let upper: Float

    /// Creates the range from `lower` to `upper`, widened to include 0. Both must be finite.
    public init(lower: Float, upper: Float) {
        precondition(lower.isFinite && upper.isFinite && lower <= upper, "\(lower)...\(upper) is not a range")
        self.lower = min(lower, 0)
        self.upper = max(upper, 0)
    }

    /// The real size of one integer step; 1 if all numbers are 0.
    public var scale: Float {
        let width = upper - lower
        return width > 0 ? max(width / 255, .leastNormalMagnitude) : 1
    }

    /// The integer that represents 0.
    public var zeroPoint: UInt8 { UInt8(min(max((-lower / scale).rounded(.toNearestOrEven), 0), 255)) }
}

/// A weight as signed integers, −127...127, with one scale per output: `real = scale · integer`.
///
/// CPUs without VNNI add the products of two neighboring inputs in 16 bits. The scales are so large that two neighboring
/// weights add up to at most 128, because 255 · 128 < 2¹⁵: no sum overflows, and all CPUs give the same.
struct QuantizedWeight {
    /// The largest magnitude of a weight and, before rounding, of a sum of two.
    static let largest: Float = 127
    let values: [Int8]
    /// One scale per index of the axis; 1 if all its numbers are 0.
    let scales: [Float]

    /// Quantizes a weight.
    ///
    /// - Parameters:
    ///   - weight: The numbers in row-major order.
    ///   - shape: The weight's extents.
    ///   - axis: The axis of the outputs, which gets one scale per index: 0, or 1 of two.
    ///   - isDepthwise: Whether each output has a single input, so that no products of two inputs are added.
    /// - Returns: `nil` if a number is not finite.
    init?(_ weight: [Float], shape: [Int], axis: Int, isDepthwise: Bool = false) {
        let count = shape[axis], inner = shape[(axis + 1)...].reduce(1, *)
        // The distance between two neighboring inputs, and the numbers that one output has one after another.
        let hasInputs = shape.count > 1 && shape[1] > 1
        let (neighbor, run) = axis == 0 ? (hasInputs ? inner / shape[1] : 1, inner) : (count, Int.max)
        var largest = [Float](repeating: 0, count: count)
        for (index, value) in weight.enumerated() {
            guard value.isFinite else { return nil }
            let place = index / inner % count
            largest[place] = max(largest[place], abs(value))
            if !isDepthwise, index % run + neighbor < run, index + neighbor < weight.count {
                largest[place] = max(largest[place], abs(value + weight[index + neighbor]))
            }
        }
        let scales = largest.map { $0 > 0 ? max($0 / Self.largest, .leastNormalMagnitude) : 1 }
        values = weight.enumerated().map { index, value in
            let integer = (value / scales[index / inner % count]).rounded(.toNearestOrEven)
            return Int8(min(max(integer, -Self.largest), Self.largest))
        }
        self.scales = scales
    }
}

/// An error that says why a graph can't be quantized.
public enum QuantizationError: LikenessError, Hashable {
    /// An activation has no range.
    case noRange(String)
    /// A weight or activation holds a number that is not finite.
    case notFinite(String)

    /// The code of all cases, that of failed training.
    public var code: String { "training_failed" }

    /// The category of all cases: the network's numbers are wrong.
    public var category: ErrorCategory { .badData }

    /// There is no advice.
    public var remedy: String? { nil }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .noRange(let name): "the network can't be quantized: there is no range for \(name)"
        case .notFinite(let name): "the network can't be quantized: \(name) contains a number that is not finite"
        }
    }
}
