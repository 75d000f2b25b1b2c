import Foundation

/// What is searched for, and where.
public struct SearchVariable: Sendable, Hashable {
    /// What it may be.
    public enum Domain: Sendable, Hashable {
        /// A number between two others, both included.
        case real(ClosedRange<Double>)
        /// A positive number, searched by its logarithm: halving and doubling are steps of one length.
        case logarithmic(ClosedRange<Double>)
        /// A whole number between two others, both included.
        case integer(ClosedRange<Int>)
        /// A positive whole number, searched by its logarithm.
        case logarithmicInteger(ClosedRange<Int>)
        /// One of some names.
        case category([String])
    }

    /// What it is called.
    public let name: String
    /// What it may be.
    public let domain: Domain

    /// A variable from its parts.
    ///
    /// - Throws: ``MetaheuristicsError/invalidVariable(_:reason:)`` where a range is not finite, a logarithm would be of
    ///   nothing or less, or there are fewer than two categories.
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
                throw .invalidVariable(name, reason: "a logarithm is of numbers above 0")
            }
        case .integer(let range), .logarithmicInteger(let range):
            guard range.lowerBound >= -Self.largestInteger, range.upperBound <= Self.largestInteger else {
                throw .invalidVariable(
                    name, reason: "whole numbers reach from \(-Self.largestInteger) to \(Self.largestInteger)")
            }
            if case .logarithmicInteger = domain, range.lowerBound <= 0 {
                throw .invalidVariable(name, reason: "a logarithm is of numbers above 0")
            }
        case .category(let names):
            guard names.count > 1, Set(names).count == names.count else {
                throw .invalidVariable(name, reason: "there are two categories at least, and no two alike")
            }
        }
    }

    /// Optimizers compute in double precision, in which whole numbers beyond 2^53 are no longer all different.
    private static let largestInteger = 1 << 53

    /// The range of the number that optimizers see: whole numbers and categories reach half a step beyond their ends, so
    /// that rounding gives each of them a part of equal length.
    var range: ClosedRange<Double> {
        switch domain {
        case .real(let range): range
        case .logarithmic(let range): log(range.lowerBound)...log(range.upperBound)
        case .integer(let range): Double(range.lowerBound) - 0.5...Double(range.upperBound) + 0.5
        case .logarithmicInteger(let range): log(Double(range.lowerBound) - 0.5)...log(Double(range.upperBound) + 0.5)
        case .category(let names): -0.5...Double(names.count) - 0.5
        }
    }

    /// Its least and its greatest value, or all categories: where these are allowed, so is what lies between.
    public var extremes: [SearchValue] {
        if case .category(let names) = domain { return names.map { .category($0) } }
        return [value(range.lowerBound), value(range.upperBound)]
    }

    /// How many categories; `nil` for numbers, which have an order.
    var categories: Int? {
        if case .category(let names) = domain { names.count } else { nil }
    }

    /// What a number in ``range`` stands for.
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

/// What a variable is in one evaluation.
public enum SearchValue: Sendable, Hashable, Codable {
    case real(Double)
    case integer(Int)
    case category(String)

    /// Reads a number or a text: a number without a fraction may be either kind of number.
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

    /// Writes the number or the text alone.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .real(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .category(let value): try container.encode(value)
        }
    }

    /// Whether two values are the same, whichever kind of number was read for them.
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
