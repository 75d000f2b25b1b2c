public import Foundation
import LikenessSupport

/// Reads JSON without a schema, to test the presence, names and kinds of fields.
public enum JSON {
    /// The kind of a value.
    public enum Kind: String, Sendable {
        case null, boolean, number, text, array, object
    }

    /// An unexpected kind of value.
    public struct Unexpected: Error {
        /// A description of the value that was found.
        public let found: String
    }

    /// Returns the value in `data`, which may be a scalar.
    public static func value(of data: Data) throws -> any Sendable {
        try JSONDecoder().decode(JSONValue.self, from: data).plain
    }

    /// Returns the object in `data`.
    public static func object(of data: Data) throws -> [String: any Sendable] {
        try object(try value(of: data))
    }

    /// Returns `value` as an object.
    public static func object(_ value: (any Sendable)?) throws -> [String: any Sendable] {
        guard let object = value as? [String: any Sendable] else { throw Unexpected(found: "\(value as Any)") }
        return object
    }

    /// Returns `value` as an array of objects.
    public static func objects(_ value: (any Sendable)?) throws -> [[String: any Sendable]] {
        guard let array = value as? [any Sendable] else { throw Unexpected(found: "\(value as Any)") }
        return try array.map(object)
    }

    /// Returns the kind of `value`.
    public static func kind(of value: any Sendable) -> Kind {
        switch value {
        case is Null: .null
        case is Bool: .boolean
        case is Double: .number
        case is String: .text
        case is [any Sendable]: .array
        default: .object
        }
    }

    /// Returns the kind of each field of `object`.
    public static func kinds(_ object: [String: any Sendable]) -> [String: Kind] { object.mapValues(kind) }

    /// JSON's `null`.
    public struct Null: Sendable, Hashable {}
}

extension JSONValue {
    fileprivate var plain: any Sendable {
        switch self {
        case .null: JSON.Null()
        case .boolean(let value): value
        case .number(let value): value
        case .text(let value): value
        case .array(let values): values.map(\.plain) as [any Sendable]
        case .object(let values): values.mapValues(\.plain) as [String: any Sendable]
        }
    }
}
