import Foundation

/// Any JSON value, for reading a file whose structure is not known yet.
public enum JSONValue: Codable, Sendable, Hashable {
    /// JSON's `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number, with or without a fraction.
    case number(Double)
    /// A string.
    case text(String)
    /// An ordered list of values.
    case array([JSONValue])
    /// Values by name.
    case object([String: JSONValue])

    /// Reads a value of any kind.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try Self.value(Double.self, in: container) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let values = try Self.value([JSONValue].self, in: container) {
            self = .array(values)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Returns the decoded value; `nil` if the JSON value is of another kind.
    ///
    /// - Throws: `DecodingError.dataCorrupted` for a number that `Double` can't represent, such as `1e999`, or for a
    ///   list that contains one.
    private static func value<Value: Decodable>(
        _ type: Value.Type, in container: any SingleValueDecodingContainer
    ) throws -> Value? {
        do {
            return try container.decode(type)
        } catch DecodingError.typeMismatch {
            return nil
        }
    }

    /// Writes the value as JSON of the same kind.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        // Whole numbers are written as 20, not 20.0, so that they can be read back as integers.
        case .number(let value):
            if let whole = Int64(exactly: value) { try container.encode(whole) } else { try container.encode(value) }
        case .text(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let values): try container.encode(values)
        }
    }
}
