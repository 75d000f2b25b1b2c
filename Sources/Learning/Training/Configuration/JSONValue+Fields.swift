import Foundation
import LikenessSupport

extension JSONValue {
    /// Creates the JSON value that `value` is encoded to.
    init(encoding value: some Encodable) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
    }

    /// The value of the field with this name; `nil` if there is no such field or this value is not an object.
    subscript(name: String) -> JSONValue? {
        if case .object(let fields) = self { return fields[name] }
        return nil
    }

    /// The kind of value, for an error.
    var kind: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let value): Int64(exactly: value).map { "\($0)" } ?? "\(value)"
        case .text(let value): "\"\(value)\""
        case .array: "a list"
        case .object: "an object"
        }
    }
}
