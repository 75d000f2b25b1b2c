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

/// A weight as signed integers, −64...64, with one scale per output: `real = scale · integer`.
///
/// CPUs without VNNI add two products of an activation and a weight in 16 bits. With 7 bits for weights, the sum can't
/// overflow: 2 · 255 · 64 < 2¹⁵. With 8 bits it does, and results differ between CPUs.
struct QuantizedWeight {
    /// The largest magnitude.
    static let largest: Float = 64
    let values: [Int8]
    /// One scale per index of the axis; 1 if all its numbers are 0.
    let scales: [Float]

    /// Quantizes a weight.
    ///
    /// - Parameters:
    ///   - weight: The numbers in row-major order.
    ///   - shape: The weight's extents.
    ///   - axis: The axis that gets one scale per index.
    /// - Returns: `nil` if a number is not finite.
    init?(_ weight: [Float], shape: [Int], axis: Int) {
        let count = shape[axis], inner = shape[(axis + 1)...].reduce(1, *)
        var largest = [Float](repeating: 0, count: count)
        for (index, value) in weight.enumerated() {
            guard value.isFinite else { return nil }
            let place = index / inner % count
            largest[place] = max(largest[place], abs(value))
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
