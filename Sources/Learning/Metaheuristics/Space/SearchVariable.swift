import Foundation

/// A variable of a search: its name and its possible values.
public struct SearchVariable: Sendable, Hashable {
    /// The possible values of a variable.
    public enum Domain: Sendable, Hashable {
        /// A number in a closed range.
        case real(ClosedRange<Double>)
        /// A positive number that is searched on a logarithmic scale, so that halving and doubling are steps of equal
        /// length.
        case logarithmic(ClosedRange<Double>)
        /// An integer in a closed range.
        case integer(ClosedRange<Int>)
        /// A positive integer that is searched on a logarithmic scale.
        case logarithmicInteger(ClosedRange<Int>)
        /// One of several names.
        case category([String])
    }

    /// The variable's name.
    public let name: String
    /// The variable's possible values.
    public let domain: Domain

    /// Creates a variable from its parts.
    ///
    /// - Throws: ``MetaheuristicsError/invalidVariable(_:reason:)`` if a range is not finite, a logarithmic range
    ///   includes numbers that are not positive, or there are fewer than two categories.
    public init(_ name: String, _ domain: Domain) throws(MetaheuristicsError) {
        self.name = name
        self.domain = domain
        switch domain {
        case .real(let range), .logarithmic(let range):
            guard range.lowerBound.isFinite, range.upperBound.isFinite else {
                throw .invalidVariable(name, reason: "its range is not finite")
            }
            guard range.lowerBound < range.upperBound else {
                throw .invalidVariable(name, reason: "its range is empty")
            }
            guard (range.upperBound - range.lowerBound).isFinite else {
                throw .invalidVariable(name, reason: "its range is too wide")
            }
            if case .logarithmic = domain, range.lowerBound <= 0 {
                throw .invalidVariable(name, reason: "a logarithmic range must be above 0")
            }
        case .integer(let range), .logarithmicInteger(let range):
            guard range.lowerBound >= -Self.largestInteger, range.upperBound <= Self.largestInteger else {
                throw .invalidVariable(
                    name, reason: "whole numbers must be from \(-Self.largestInteger) to \(Self.largestInteger)")
            }
            if case .logarithmicInteger = domain, range.lowerBound <= 0 {
                throw .invalidVariable(name, reason: "a logarithmic range must be above 0")
            }
        case .category(let names):
            guard names.count > 1, Set(names).count == names.count else {
                throw .invalidVariable(name, reason: "it needs at least two categories, all different")
            }
        }
    }

    /// Optimizers compute in double precision, which can't tell all integers beyond 2^53 apart.
    private static let largestInteger = 1 << 53

    /// The range of the number that optimizers see. For integers and categories it extends half a step beyond both
    /// ends, so that rounding gives each value an interval of equal length.
    var range: ClosedRange<Double> {
        switch domain {
        case .real(let range): range
        case .logarithmic(let range): log(range.lowerBound)...log(range.upperBound)
        case .integer(let range): Double(range.lowerBound) - 0.5...Double(range.upperBound) + 0.5
        case .logarithmicInteger(let range): log(Double(range.lowerBound) - 0.5)...log(Double(range.upperBound) + 0.5)
        case .category(let names): -0.5...Double(names.count) - 0.5
        }
    }

    /// The smallest and the largest value, or all categories. If a setting accepts these, it accepts everything in
    /// between.
    public var extremes: [SearchValue] {
        if case .category(let names) = domain { return names.map { .category($0) } }
        return [value(range.lowerBound), value(range.upperBound)]
    }

    /// The number of categories; `nil` for numbers, which have an order.
    var categories: Int? {
        if case .category(let names) = domain { names.count } else { nil }
    }

    /// Returns the value for a number in ``range``.
    func value(_ number: Double) -> SearchValue {
        func whole(_ number: Double, in range: ClosedRange<Int>) -> Int {
            Int(min(max(number.rounded(), Double(range.lowerBound)), Double(range.upperBound)))
        }
        return switch domain {
        case .real(let range): .real(min(max(number, range.lowerBound), range.upperBound))
        case .logarithmic(let range): .real(min(max(exp(number), range.lowerBound), range.upperBound))
        case .integer(let range): .integer(whole(number, in: range))
        case .logarithmicInteger(let range): .integer(whole(exp(number), in: range))
        case .category(let names): .category(names[whole(number, in: 0...names.count - 1)])
        }
    }
}

/// The value of a variable in one evaluation.
public enum SearchValue: Sendable, Hashable, Codable {
    case real(Double)
    case integer(Int)
    case category(String)

    /// Reads a number or a text. A number without a fraction can be of either numeric kind.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .real(value)
        } else {
            self = .category(try container.decode(String.self))
        }
    }

    /// Writes the plain number or text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .real(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .category(let value): try container.encode(value)
        }
    }

    /// Returns whether two values are equal, regardless of their numeric kind.
    func isSame(as other: SearchValue) -> Bool {
        switch (self, other) {
        case (.category(let a), .category(let b)): a == b
        case (.category, _), (_, .category): false
        default: number == other.number
        }
    }

    /// The number; `nil` for a category.
    public var number: Double? {
        switch self {
        case .real(let value): value
        case .integer(let value): Double(value)
        case .category: nil
        }
    }
}
