public import Foundation

/// Reads JSON without knowing its form, for tests of what is there, under which name and of which kind.
public enum JSON {
    /// What a value is.
    public enum Kind: String, Sendable {
        case null, boolean, number, text, array, object
    }

    /// JSON of another form than expected.
    public struct Unexpected: Error {
        /// What was found.
        public let found: String
    }

    /// The value in `data`; a sole value is one too.
    public static func value(of data: Data) throws -> any Sendable {
        try JSONDecoder().decode(Value.self, from: data).plain
    }

    /// The object in `data`.
    public static func object(of data: Data) throws -> [String: any Sendable] {
        try object(try value(of: data))
    }

    /// `value` as an object.
    public static func object(_ value: (any Sendable)?) throws -> [String: any Sendable] {
        guard let object = value as? [String: any Sendable] else { throw Unexpected(found: "\(value as Any)") }
        return object
    }

    /// `value` as an array of objects.
    public static func objects(_ value: (any Sendable)?) throws -> [[String: any Sendable]] {
        guard let array = value as? [any Sendable] else { throw Unexpected(found: "\(value as Any)") }
        return try array.map(object)
    }

    /// What `value` is.
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

    /// The kind of each field of `object`.
    public static func kinds(_ object: [String: any Sendable]) -> [String: Kind] { object.mapValues(kind) }

    /// JSON's `null`.
    public struct Null: Sendable, Hashable {}

    private enum Value: Decodable {
        case null
        case boolean(Bool)
        case number(Double)
        case text(String)
        case array([Value])
        case object([String: Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Bool.self) {
                self = .boolean(value)
            } else if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else if let value = try? container.decode(String.self) {
                self = .text(value)
            } else if let value = try? container.decode([Value].self) {
                self = .array(value)
            } else {
                self = .object(try container.decode([String: Value].self))
            }
        }

        var plain: any Sendable {
            switch self {
            case .null: Null()
            case .boolean(let value): value
            case .number(let value): value
            case .text(let value): value
            case .array(let values): values.map(\.plain) as [any Sendable]
            case .object(let values): values.mapValues(\.plain) as [String: any Sendable]
            }
        }
    }
}
