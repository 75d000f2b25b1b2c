import Foundation

/// Numbers to places on paper, with round numbers marked.
struct Axis {
    /// Lowest and highest number that is shown.
    let range: ClosedRange<Double>
    private let start: Double
    private let end: Double
    private let step: Double

    /// An axis that shows all `values` between the places `start` and `end`.
    init(_ values: [Double], from start: Double, to end: Double) {
        (self.start, self.end) = (start, end)
        let low = values.min() ?? 0
        let high = values.max() ?? 1
        // A line without height lies in the middle.
        let spare = high > low ? 0 : max(abs(high) * 0.1, 0.5)
        step = Self.roundStep((high + spare) - (low - spare))
        range = floor((low - spare) / step + 1e-9) * step...ceil((high + spare) / step - 1e-9) * step
    }

    /// Where a number lies.
    func place(_ value: Double) -> Double {
        start + (end - start) * (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }

    /// The marked numbers and how they are written.
    var ticks: [(value: Double, label: String)] {
        let count = Int(((range.upperBound - range.lowerBound) / step).rounded())
        let decimals = max(0, Int((-log10(step)).rounded(.up)))
        return (0...count).map { index in
            let value = range.lowerBound + Double(index) * step
            // Minus zero is written as zero.
            return (value, String(format: "%.\(decimals)f", value == 0 ? 0 : value))
        }
    }

    /// 1, 2 or 5 times a power of ten, so that there are about five steps (Heckbert, *Nice Numbers for Graph Labels*,
    /// 1990).
    private static func roundStep(_ extent: Double) -> Double {
        let raw = extent / 5
        let power = pow(10, floor(log10(raw)))
        let factor = [1, 2, 5, 10].first { raw / power <= $0 * 1.0001 } ?? 10
        return factor * power
    }
}
