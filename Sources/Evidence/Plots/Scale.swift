import Foundation

/// A scale of an axis: the positions of numbers, and the ticks.
public struct Scale: Sendable {
    /// A marked number.
    public struct Tick: Hashable, Sendable {
        /// The number.
        public var value: Double
        /// The label.
        public var label: String

        /// Creates a tick from a number and its label.
        public init(_ value: Double, _ label: String) { (self.value, self.label) = (value, label) }
    }

    /// Returns the position of a number, in any unit: increasing, finite within an axis' range, infinite or NaN outside
    /// the scale's domain.
    let position: @Sendable (Double) -> Double
    /// Returns the ticks of a range.
    let ticks: @Sendable (ClosedRange<Double>) -> [Tick]
    /// Returns the range that shows all numbers between two.
    let fitting: @Sendable (ClosedRange<Double>) -> ClosedRange<Double>

    /// Creates a scale.
    ///
    /// - Parameters:
    ///   - position: Returns the position of a number, in any unit; increasing.
    ///   - ticks: Returns the ticks of a range.
    ///   - fitting: Returns the range that shows all numbers between two; by default the two themselves.
    public init(
        position: @escaping @Sendable (Double) -> Double, ticks: @escaping @Sendable (ClosedRange<Double>) -> [Tick],
        fitting: @escaping @Sendable (ClosedRange<Double>) -> ClosedRange<Double> = { $0 }
    ) {
        (self.position, self.ticks, self.fitting) = (position, ticks, fitting)
    }

    /// A linear scale; about five round numbers are marked.
    public static let linear = Scale(
        position: { $0 },
        ticks: { range in
            let step = roundStep(range)
            return marks(range, step: step).map { Tick($0, decimal($0, step: step)) }
        },
        fitting: rounded)

    /// A linear scale of shares, 0...1, written as percentages without the sign.
    public static let percent = Scale(
        position: { $0 },
        ticks: { range in
            let step = roundStep(range)
            return marks(range, step: step).map { Tick($0, decimal($0 * 100, step: step * 100)) }
        },
        fitting: { range in
            let wide = rounded(range)
            // A share is between 0 and 1.
            let low = min(max(wide.lowerBound, 0), 1 - 1e-9)
            return low...max(min(wide.upperBound, 1), low + 1e-9)
        })

    /// A logarithmic scale for numbers above 0.
    ///
    /// Powers of ten are marked, and 2 and 5 times them if there are few.
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
            // The axis needs a start even if there are no numbers.
            range.lowerBound > 0 ? range : 1e-3...max(range.upperBound, 1)
        })

    /// Returns the range extended to whole steps.
    ///
    /// A range without extent is centered in one step.
    private static func rounded(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        // If the ends are equal or almost equal, there are no steps between them.
        let least = max(abs(range.lowerBound), abs(range.upperBound)) * 1e-12
        let isWide = range.upperBound - range.lowerBound > max(least, 1e-100)
        let spare = isWide ? 0 : max(abs(range.upperBound) * 0.1, 0.5)
        let wide = range.lowerBound - spare...range.upperBound + spare
        let step = roundStep(wide)
        return floor(wide.lowerBound / step + 1e-9) * step...ceil(wide.upperBound / step - 1e-9) * step
    }

    /// Returns 1, 2 or 5 times a power of ten, for about five steps (Heckbert, *Nice Numbers for Graph Labels*, 1990).
    private static func roundStep(_ range: ClosedRange<Double>) -> Double {
        let raw = (range.upperBound - range.lowerBound) / 5
        let power = pow(10, floor(log10(raw)))
        let factor = [1, 2, 5, 10].first { raw / power <= $0 * 1.0001 } ?? 10
        return factor * power
    }

    /// Returns the whole multiples of `step` in the range.
    private static func marks(_ range: ClosedRange<Double>, step: Double) -> [Double] {
        let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
        let last = Int((range.upperBound / step + 1e-9).rounded(.down))
        return first <= last ? (first...last).map { Double($0) * step } : []
    }

    /// Returns a number with as many decimal places as `step` needs; minus zero is written as zero.
    private static func decimal(_ value: Double, step: Double) -> String {
        let decimals = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
        return String(format: "%.\(decimals)f", value == 0 ? 0 : value)
    }

    /// Returns a power of ten as a label.
    private static func ten(_ power: Int) -> String {
        if power == 0 { return "1" }
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return (power < 0 ? "10⁻" : "10")
            + String("\(abs(power))".compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }
}
