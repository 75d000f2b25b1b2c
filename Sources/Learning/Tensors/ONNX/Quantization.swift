public import LikenessSupport

/// The range of real numbers that 8-bit integers stand for: `real = scale · (integer − zeroPoint)` (Jacob et al. 2018,
/// equation 1), with 0...255 for the integers. Zero is always one of the numbers: paddings are exact.
public struct QuantizationRange: Sendable, Hashable {
    /// The smallest number, at most 0.
    public let lower: Float
    /// The largest number, at least 0.
    public let upper: Float

    /// The range from `lower` to `upper`, widened to hold 0; both are finite.
    public init(lower: Float, upper: Float) {
        precondition(lower.isFinite && upper.isFinite && lower <= upper, "\(lower)...\(upper) is no range")
        self.lower = min(lower, 0)
        self.upper = max(upper, 0)
    }

    /// What one step of the integers stands for; 1 where all numbers are 0.
    public var scale: Float {
        let width = upper - lower
        return width > 0 ? max(width / 255, .leastNormalMagnitude) : 1
    }

    /// The integer that stands for 0.
    public var zeroPoint: UInt8 { UInt8(min(max((-lower / scale).rounded(.toNearestOrEven), 0), 255)) }
}

/// A weight as signed integers with a scale for each of its results: `real = scale · integer`, −127...127.
struct QuantizedWeight {
    let values: [Int8]
    /// One for each place of the axis; 1 where all numbers are 0.
    let scales: [Float]

    /// - Parameters:
    ///   - weight: The numbers, the last axis running fastest.
    ///   - shape: Their extents.
    ///   - axis: The axis with scales of its own.
    /// - Returns: `nil` where a number is not finite.
    init?(_ weight: [Float], shape: [Int], axis: Int) {
        let count = shape[axis], inner = shape[(axis + 1)...].reduce(1, *)
        var largest = [Float](repeating: 0, count: count)
        for (index, value) in weight.enumerated() {
            guard value.isFinite else { return nil }
            let place = index / inner % count
            largest[place] = max(largest[place], abs(value))
        }
        let scales = largest.map { $0 > 0 ? max($0 / 127, .leastNormalMagnitude) : 1 }
        values = weight.enumerated().map { index, value in
            Int8(min(max((value / scales[index / inner % count]).rounded(.toNearestOrEven), -127), 127))
        }
        self.scales = scales
    }
}

/// Why a graph can't be quantized.
public enum QuantizationError: LikenessError, Hashable {
    /// An activation has no range.
    case noRange(String)
    /// A weight or activation holds a number that is not finite.
    case notFinite(String)

    /// The code of training that fails.
    public var code: String { "training_failed" }

    /// The network's numbers are wrong.
    public var category: ErrorCategory { .badData }

    /// The problem says all.
    public var remedy: String? { nil }

    /// What is wrong.
    public var problem: String {
        switch self {
        case .noRange(let name): "the network can't be quantized: there is no range for \(name)"
        case .notFinite(let name): "the network can't be quantized: \(name) is not finite everywhere"
        }
    }
}
