import Foundation
import LikenessSupport

extension JSONValue {
    /// What `value` is encoded to.
    init(encoding value: some Encodable) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value))
    }

    /// A field of an object; `nil` where there is none, or where this is no object.
    subscript(name: String) -> JSONValue? {
        if case .object(let fields) = self { return fields[name] }
        return nil
    }

    /// What this is, for an error.
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
