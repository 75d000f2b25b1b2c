/// The conversion of conditions to inputs of a linear model: standardized, and clamped to the range of the data that
/// the model was fitted on.
public struct ConditionFeatures: Codable, Hashable, Sendable {
    /// The scale of one number.
    public struct Scale: Codable, Hashable, Sendable {
        /// The mean over the comparisons that the model was fitted on.
        public var mean: Double
        /// The standard deviation; 0 for a number that never varied, which then has no effect.
        public var deviation: Double
        /// The lowest number in the data; lower ones are clamped to it.
        public var low: Double
        /// The highest number in the data; higher ones are clamped to it.
        public var high: Double

        /// Creates a scale from its parts.
        public init(mean: Double, deviation: Double, low: Double, high: Double) {
            (self.mean, self.deviation, self.low, self.high) = (mean, deviation, low, high)
        }
    }

    /// The names of the numbers, from ``PairConditions/names``.
    public var names: [String]
    /// The scales of the numbers.
    public var scales: [Scale]

    /// Creates the scales from conditions.
    ///
    /// Unknown numbers are left out.
    public init(fitting conditions: [PairConditions]) {
        names = PairConditions.names
        let rows = conditions.map(\.values)
        scales = names.indices.map { column in
            let values = rows.compactMap { $0[column] }
            guard let low = values.min(), let high = values.max() else {
                return Scale(mean: 0, deviation: 0, low: 0, high: 0)
            }
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let deviation = low == high ? 0 : (squares / Double(values.count)).squareRoot()
            return Scale(mean: mean, deviation: deviation, low: low, high: high)
        }
    }

    /// Returns the standardized numbers.
    ///
    /// An unknown number counts as the mean: 0.
    public func values(of conditions: PairConditions) -> [Double] {
        zip(conditions.values, scales).map { value, scale in
            guard let value, scale.deviation > 0 else { return 0 }
            return (min(max(value, scale.low), scale.high) - scale.mean) / scale.deviation
        }
    }
}
