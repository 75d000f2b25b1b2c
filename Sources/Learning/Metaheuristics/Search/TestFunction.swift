import Foundation

/// Functions with known minima, for comparing optimizers.
///
/// The minimum of each is 0. `isShifted` moves the minimum away from the middle of the box, which is the origin: an
/// optimizer that is drawn to the origin would find it there without any search.
public struct TestFunction: Sendable, Hashable {
    /// The shapes of the functions.
    public enum Shape: String, Sendable, Hashable, CaseIterable, Codable {
        /// Σ x²: convex and equal in all directions.
        case sphere
        /// Σ 10^(6 i / (n − 1)) x²: convex, a million times steeper in one direction than in another.
        case ellipsoid
        /// A long, curved valley.
        case rosenbrock
        /// A bowl with many local minima on a grid.
        case rastrigin
        /// A hole in a rough plain.
        case ackley
        /// A bowl with shallow waves.
        case griewank

        /// The distance from the middle of the box to its sides.
        var reach: Double {
            switch self {
            case .sphere, .ellipsoid: 100
            case .rosenbrock: 30
            case .rastrigin: 5.12
            case .ackley: 32
            case .griewank: 600
            }
        }
    }

    /// The function's shape.
    public let shape: Shape
    /// The number of variables.
    public let dimension: Int
    /// Whether the minimum is away from the middle.
    public let isShifted: Bool

    /// Creates a function from its parts.
    public init(_ shape: Shape, dimension: Int, isShifted: Bool) {
        precondition(dimension > 1, "a function needs at least two variables")
        self.shape = shape
        self.dimension = dimension
        self.isShifted = isShifted
    }

    /// The search space, with the variables `x0`, `x1`, …
    public var space: SearchSpace {
        get throws(MetaheuristicsError) {
            var variables: [SearchVariable] = []
            for index in 0..<dimension {
                variables.append(try SearchVariable("x\(index)", .real(-shape.reach...shape.reach)))
            }
            return try SearchSpace(variables)
        }
    }

    /// Returns the offset of the minimum in one dimension.
    private func shift(_ index: Int) -> Double {
        // Between a quarter and three quarters of the way to either side, different in each dimension.
        guard isShifted else { return 0 }
        let share = 0.25 + 0.5 * (Double(index + 1) * 0.618_033_988_7).truncatingRemainder(dividingBy: 1)
        return (index % 2 == 0 ? 1 : -1) * share * shape.reach * (shape == .rosenbrock ? 0.5 : 1)
    }

    /// Returns the function's value for the values of the variables.
    public func value(_ values: [String: SearchValue]) -> Double {
        value((0..<dimension).map { values["x\($0)"]?.number ?? .nan })
    }

    /// Returns the function's value at `point`.
    public func value(_ point: [Double]) -> Double {
        let x = point.enumerated().map { $1 - shift($0) }, n = Double(dimension)
        switch shape {
        case .sphere: return x.reduce(0) { $0 + $1 * $1 }
        case .ellipsoid:
            return x.enumerated().reduce(0) { $0 + pow(10, 6 * Double($1.offset) / (n - 1)) * $1.element * $1.element }
        case .rosenbrock:
            return zip(x, x.dropFirst()).reduce(0) { sum, pair in
                let valley = pair.1 - pair.0 * pair.0
                return sum + 100 * valley * valley + (1 - pair.0) * (1 - pair.0)
            }
        case .rastrigin: return x.reduce(10 * n) { $0 + $1 * $1 - 10 * cos(2 * .pi * $1) }
        case .ackley:
            let squares = x.reduce(0) { $0 + $1 * $1 } / n, waves = x.reduce(0) { $0 + cos(2 * .pi * $1) } / n
            return max(20 + M_E - 20 * exp(-0.2 * squares.squareRoot()) - exp(waves), 0)
        case .griewank:
            let waves = x.enumerated().reduce(1) { $0 * cos($1.element / Double($1.offset + 1).squareRoot()) }
            return x.reduce(1) { $0 + $1 * $1 / 4000 } - waves
        }
    }
}
