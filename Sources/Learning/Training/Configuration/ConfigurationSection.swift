/// A part of a configuration file: a plain `Codable` type with defaults and with ranges that are checked after
/// decoding.
///
/// A field that the file leaves out has its value from ``init()``. A field that the type does not have is an error.
public protocol ConfigurationSection: Codable, Sendable {
    /// Creates the defaults.
    init()

    /// Throws an error if a value is out of range.
    ///
    /// - Parameter fields: The names of the fields for the error: `try fields["margin"].expect(margin, in: 0...2)`.
    func check(_ fields: FieldChecks) throws
}

extension ConfigurationSection {
    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {}
}

/// A field whose value is checked, by its dotted path.
public struct FieldChecks: Sendable {
    let path: [String]

    init(path: [String] = []) { self.path = path }

    /// The field of this section with the given name.
    public subscript(name: String) -> FieldChecks { FieldChecks(path: path + [name]) }

    /// The dotted path, such as `validation.patience`.
    public var name: String { path.joined(separator: ".") }

    /// Throws ``ConfigurationError/outOfRange(_:value:allowed:)`` if `value` is not in `range`.
    public func expect<Value: Comparable>(_ value: Value, in range: ClosedRange<Value>) throws {
        try expect(range.contains(value), value, "from \(range.lowerBound) to \(range.upperBound)")
    }

    /// Throws ``ConfigurationError/outOfRange(_:value:allowed:)`` if `value` is below `least`.
    public func expect<Value: Comparable>(_ value: Value, atLeast least: Value) throws {
        try expect(value >= least, value, "\(least) or more")
    }

    /// Throws ``ConfigurationError/outOfRange(_:value:allowed:)`` unless `holds`.
    ///
    /// - Parameters:
    ///   - holds: Whether the value meets the requirement.
    ///   - value: The value, which the error shows.
    ///   - allowed: The requirement as a text, such as `above 0`.
    public func expect(_ holds: Bool, _ value: Any, _ allowed: String) throws {
        guard holds else { throw ConfigurationError.outOfRange(name, value: "\(value)", allowed: allowed) }
    }
}
