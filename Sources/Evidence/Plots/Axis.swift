/// A direction of a plot: what it shows, over which range, spread how.
public struct Axis: Sendable {
    /// What the numbers are, with their unit; empty for nothing.
    public var label: String
    /// How they are spread.
    public var scale: Scale
    /// The lowest and the highest number that is shown.
    public var range: ClosedRange<Double>

    /// Creates an axis over `range`, which has an extent.
    public init(_ label: String, scale: Scale = .linear, over range: ClosedRange<Double>) {
        (self.label, self.scale, self.range) = (label, scale, range)
    }

    /// Creates an axis that shows all `values` that are finite and within ±1e100, beyond which steps and their squares
    /// have no place among the numbers; 0...1 if there are none.
    public init(_ label: String, scale: Scale = .linear, fitting values: some Sequence<Double>) {
        let finite = values.filter { abs($0) <= 1e100 && scale.position($0).isFinite }
        let low = finite.min() ?? 0, high = finite.max() ?? 1
        self.init(label, scale: scale, over: scale.fitting(low...high))
    }

    /// The marked numbers.
    public var ticks: [Scale.Tick] { scale.ticks(range) }

    /// Returns where a number lies between the places `start` and `end`; numbers outside the range a little beyond.
    func place(_ value: Double, from start: Double, to end: Double) -> Double {
        let low = scale.position(range.lowerBound), high = scale.position(range.upperBound)
        let share = (scale.position(value) - low) / (high - low)
        return start + (end - start) * min(max(share, -0.05), 1.05)
    }
}
