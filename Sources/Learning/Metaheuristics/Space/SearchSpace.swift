/// The variables of a search. The optimizer sees a box of numbers, the user sees named values.
public struct SearchSpace: Sendable, Hashable {
    /// The variables, one dimension each.
    public let variables: [SearchVariable]
    /// The lower ends of the box.
    public let lower: [Double]
    /// The upper ends of the box.
    public let upper: [Double]

    /// Creates a space of these variables.
    ///
    /// - Throws: ``MetaheuristicsError/invalidVariable(_:reason:)`` if two variables have the same name,
    ///   ``MetaheuristicsError/noVariables``.
    public init(_ variables: [SearchVariable]) throws(MetaheuristicsError) {
        guard !variables.isEmpty else { throw .noVariables }
        var names: Set<String> = []
        for variable in variables where !names.insert(variable.name).inserted {
            throw .invalidVariable(variable.name, reason: "two variables have this name")
        }
        self.variables = variables
        let ranges = variables.map(\.range)
        (lower, upper) = (ranges.map(\.lowerBound), ranges.map(\.upperBound))
    }

    /// The number of variables.
    public var count: Int { variables.count }

    /// The width of the box in each dimension.
    var widths: [Double] { zip(upper, lower).map { $0 - $1 } }

    /// Returns the values of the variables at a point of the box, by name.
    public func values(_ point: [Double]) -> [String: SearchValue] {
        Dictionary(uniqueKeysWithValues: zip(variables, point).map { ($0.name, $0.value($1)) })
    }

    /// Returns the nearest point in the box. A coordinate that is not a number becomes the middle.
    func clamped(_ point: [Double]) -> [Double] {
        point.indices.map { index in
            let number = point[index]
            guard !number.isNaN else { return (lower[index] + upper[index]) / 2 }
            return min(max(number, lower[index]), upper[index])
        }
    }
}
