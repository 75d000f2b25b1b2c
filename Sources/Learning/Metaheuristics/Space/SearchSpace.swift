/// The variables of a search: a box of numbers for the optimizer, named values for whom it searches.
public struct SearchSpace: Sendable, Hashable {
    /// The variables, one dimension each.
    public let variables: [SearchVariable]
    /// The ends of the box.
    public let lower: [Double]
    /// The ends of the box.
    public let upper: [Double]

    /// A space of these variables.
    ///
    /// - Throws: ``MetaheuristicsError/invalidVariable(_:reason:)`` for two of one name, ``MetaheuristicsError/noVariables``.
    public init(_ variables: [SearchVariable]) throws(MetaheuristicsError) {
        guard !variables.isEmpty else { throw .noVariables }
        var names: Set<String> = []
        for variable in variables where !names.insert(variable.name).inserted {
            throw .invalidVariable(variable.name, reason: "there are two of this name")
        }
        self.variables = variables
        let ranges = variables.map(\.range)
        (lower, upper) = (ranges.map(\.lowerBound), ranges.map(\.upperBound))
    }

    /// How many variables.
    public var count: Int { variables.count }

    /// The width of the box in each dimension.
    var widths: [Double] { zip(upper, lower).map { $0 - $1 } }

    /// What a point of the box stands for, by the variables' names.
    public func values(_ point: [Double]) -> [String: SearchValue] {
        Dictionary(uniqueKeysWithValues: zip(variables, point).map { ($0.name, $0.value($1)) })
    }

    /// The nearest point in the box; what is not a number becomes the box's middle.
    func clamped(_ point: [Double]) -> [Double] {
        point.indices.map { index in
            let number = point[index]
            guard !number.isNaN else { return (lower[index] + upper[index]) / 2 }
            return min(max(number, lower[index]), upper[index])
        }
    }
}
