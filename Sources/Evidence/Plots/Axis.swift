/// An axis of a plot: its label, range and scale.
public struct Axis: Sendable {
    /// The quantity with its unit; empty for no label.
    public var label: String
    /// The scale.
    public var scale: Scale
    /// The lowest and the highest number shown.
    public var range: ClosedRange<Double>

    /// Creates an axis over `range`, whose ends must differ.
    public init(_ label: String, scale: Scale = .linear, over range: ClosedRange<Double>) {
        (self.label, self.scale, self.range) = (label, scale, range)
    }

    /// Creates an axis that shows all `values` that are finite and within ±1e100; 0...1 if there are none.
    ///
    /// Beyond this limit, tick steps and their squares would overflow.
    public init(_ label: String, scale: Scale = .linear, fitting values: some Sequence<Double>) {
        let finite = values.filter { abs($0) <= 1e100 && scale.position($0).isFinite }
        let low = finite.min() ?? 0, high = finite.max() ?? 1
        self.init(label, scale: scale, over: scale.fitting(low...high))
    }

    /// The marked numbers.
    public var ticks: [Scale.Tick] { scale.ticks(range) }

    /// Returns the position of a number on the axis from `start` to `end`.
    ///
    /// Numbers outside the range are placed slightly beyond the ends.
    func place(_ value: Double, from start: Double, to end: Double) -> Double {
        let low = scale.position(range.lowerBound), high = scale.position(range.upperBound)
        let share = (scale.position(value) - low) / (high - low)
        return start + (end - start) * min(max(share, -0.05), 1.05)
    }
}
