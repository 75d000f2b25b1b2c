/// A Catmull-Rom spline: a smooth curve through knots, in any number of dimensions.
struct Spline<Value: SIMD> where Value.Scalar == Float {
    private let places: [Float]
    private let values: [Value]

    /// Creates a curve through `knots`, in increasing order of place.
    init(_ knots: [(place: Float, value: Value)]) {
        precondition(knots.count >= 2, "a curve has two ends")
        places = knots.map(\.place)
        values = knots.map(\.value)
    }

    /// Returns the curve's value at `place`; outside its ends, the value at the nearer end.
    func callAsFunction(_ place: Float) -> Value {
        guard let next = places.firstIndex(where: { $0 > place }) else { return values[values.count - 1] }
        guard next > 0 else { return values[0] }
        let first = next - 1
        let span = places[next] - places[first]
        let t = (place - places[first]) / span
        let start = slope(at: first) * span, end = slope(at: next) * span
        let a = values[first], b = values[next]
        let t2 = t * t, t3 = t2 * t
        return a * (2 * t3 - 3 * t2 + 1) + start * (t3 - 2 * t2 + t) + b * (3 * t2 - 2 * t3) + end * (t3 - t2)
    }

    private func slope(at index: Int) -> Value {
        let before = max(index - 1, 0), after = min(index + 1, values.count - 1)
        return (values[after] - values[before]) / (places[after] - places[before])
    }
}
