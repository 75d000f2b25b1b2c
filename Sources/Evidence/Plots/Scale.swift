import Foundation

/// How numbers are spread along an axis, and which of them are marked.
public struct Scale: Sendable {
    /// A marked number.
    public struct Tick: Hashable, Sendable {
        /// The number.
        public var value: Double
        /// How it is written.
        public var label: String

        /// Creates a number and how it is written.
        public init(_ value: Double, _ label: String) { (self.value, self.label) = (value, label) }
    }

    /// Where a number lies, in any unit: rising, finite within an axis' range, infinite or no number where the scale ends.
    let position: @Sendable (Double) -> Double
    /// The marked numbers of a range.
    let ticks: @Sendable (ClosedRange<Double>) -> [Tick]
    /// The range that shows all numbers between two.
    let fitting: @Sendable (ClosedRange<Double>) -> ClosedRange<Double>

    /// - Parameters:
    ///   - position: Where a number lies, in any unit; rising.
    ///   - ticks: The marked numbers of a range.
    ///   - fitting: The range that shows all numbers between two; these two unless given.
    public init(
        position: @escaping @Sendable (Double) -> Double, ticks: @escaping @Sendable (ClosedRange<Double>) -> [Tick],
        fitting: @escaping @Sendable (ClosedRange<Double>) -> ClosedRange<Double> = { $0 }
    ) {
        (self.position, self.ticks, self.fitting) = (position, ticks, fitting)
    }

    /// Equal steps for equal differences; about five round numbers are marked.
    public static let linear = Scale(
        position: { $0 },
        ticks: { range in
            let step = roundStep(range)
            return marks(range, step: step).map { Tick($0, decimal($0, step: step)) }
        },
        fitting: rounded)

    /// Shares of one, 0...1, written as percentages without the sign.
    public static let percent = Scale(
        position: { $0 },
        ticks: { range in
            let step = roundStep(range)
            return marks(range, step: step).map { Tick($0, decimal($0 * 100, step: step * 100)) }
        },
        fitting: { range in
            let wide = rounded(range)
            // No share is above one, and none below zero.
            let low = min(max(wide.lowerBound, 0), 1 - 1e-9)
            return low...max(min(wide.upperBound, 1), low + 1e-9)
        })

    /// Equal steps for equal factors; numbers above 0. Powers of ten are marked, and 2 and 5 times them where there are
    /// few.
    public static let logarithmic = Scale(
        position: { $0 > 0 ? log10($0) : -.infinity },
        ticks: { range in
            let powers = Int(log10(range.lowerBound).rounded(.down))...Int(log10(range.upperBound).rounded(.up))
            let all = powers.flatMap { power in [1, 2, 5].map { ($0, power) } }.filter {
                let value = Double($0.0) * pow(10, Double($0.1))
                return value >= range.lowerBound * (1 - 1e-9) && value <= range.upperBound * (1 + 1e-9)
            }
            let tens = all.filter { $0.0 == 1 }
            return (tens.count > 2 ? tens : all).map { factor, power in
                Tick(Double(factor) * pow(10, Double(power)), (factor == 1 ? "" : "\(factor)·") + ten(power))
            }
        },
        fitting: { range in
            // Where there is no number, the axis still has to have a beginning.
            range.lowerBound > 0 ? range : 1e-3...max(range.upperBound, 1)
        })

    /// Returns the range, out to whole steps; a range without extent lies in the middle of one.
    private static func rounded(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        // Numbers that differ by less than they are rounded, or by nearly nothing, have no steps between them.
        let least = max(abs(range.lowerBound), abs(range.upperBound)) * 1e-12
        let isWide = range.upperBound - range.lowerBound > max(least, 1e-100)
        let spare = isWide ? 0 : max(abs(range.upperBound) * 0.1, 0.5)
        let wide = range.lowerBound - spare...range.upperBound + spare
        let step = roundStep(wide)
        return floor(wide.lowerBound / step + 1e-9) * step...ceil(wide.upperBound / step - 1e-9) * step
    }

    /// 1, 2 or 5 times a power of ten, so that there are about five steps (Heckbert, *Nice Numbers for Graph Labels*,
    /// 1990).
    private static func roundStep(_ range: ClosedRange<Double>) -> Double {
        let raw = (range.upperBound - range.lowerBound) / 5
        let power = pow(10, floor(log10(raw)))
        let factor = [1, 2, 5, 10].first { raw / power <= $0 * 1.0001 } ?? 10
        return factor * power
    }

    /// Whole multiples of `step`.
    private static func marks(_ range: ClosedRange<Double>, step: Double) -> [Double] {
        let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
        let last = Int((range.upperBound / step + 1e-9).rounded(.down))
        return first <= last ? (first...last).map { Double($0) * step } : []
    }

    /// Returns a number with as many digits after the point as `step` needs; minus zero is written as zero.
    private static func decimal(_ value: Double, step: Double) -> String {
        let decimals = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
        return String(format: "%.\(decimals)f", value == 0 ? 0 : value)
    }

    /// Returns a power of ten.
    private static func ten(_ power: Int) -> String {
        if power == 0 { return "1" }
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return (power < 0 ? "10⁻" : "10")
            + String("\(abs(power))".compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }
}
