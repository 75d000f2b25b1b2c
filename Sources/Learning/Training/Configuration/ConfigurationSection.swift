/// A part of a configuration file: plain `Codable`, with defaults, and with ranges to be checked after decoding.
///
/// Fields that the file leaves out are those of ``init()``; fields that the type does not know are errors.
public protocol ConfigurationSection: Codable, Sendable {
    /// The defaults.
    init()

    /// Throws where a value is out of range.
    ///
    /// - Parameter fields: Names the field in the error: `try fields["margin"].expect(margin, in: 0...2)`.
    func check(_ fields: FieldChecks) throws
}

extension ConfigurationSection {
    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {}
}

/// A field by its dotted path, whose value is to be checked.
public struct FieldChecks: Sendable {
    let path: [String]

    init(path: [String] = []) { self.path = path }

    /// A field of this section.
    public subscript(name: String) -> FieldChecks { FieldChecks(path: path + [name]) }

    /// The dotted path, such as `validation.patience`.
    public var name: String { path.joined(separator: ".") }

    /// Throws ``ConfigurationError/outOfRange(_:value:allowed:)`` where `value` does not lie in `range`.
    public func expect<Value: Comparable>(_ value: Value, in range: ClosedRange<Value>) throws {
        try expect(range.contains(value), value, "from \(range.lowerBound) to \(range.upperBound)")
    }

    /// Throws ``ConfigurationError/outOfRange(_:value:allowed:)`` where `value` is below `least`.
    public func expect<Value: Comparable>(_ value: Value, atLeast least: Value) throws {
        try expect(value >= least, value, "\(least) or more")
    }

    /// Throws ``ConfigurationError/outOfRange(_:value:allowed:)`` unless `holds`.
    ///
    /// - Parameter allowed: What the value must be, such as `above 0`.
    public func expect(_ holds: Bool, _ value: Any, _ allowed: String) throws {
        guard holds else { throw ConfigurationError.outOfRange(name, value: "\(value)", allowed: allowed) }
    }
}
