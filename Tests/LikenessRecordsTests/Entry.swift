import Foundation
import LikenessRecords
import LikenessSupport
import Testing

/// An example of `Documentation/JSON.md`, and the type as which it is decoded.
struct Entry: CustomStringConvertible {
    var section: String
    var type: any Record.Type
    var text: String

    var data: Data { Data(text.utf8) }
    var description: String { "\(section): \(type)" }

    /// Returns every example; there are as many as types for them.
    static func all() throws -> [Entry] {
        let bySection = Dictionary(grouping: try Document().examples, by: \.section)
        let expected = RecordTypes.bySection
        #expect(Set(bySection.keys) == Set(expected.map(\.section)))
        return try expected.flatMap { section, types in
            let values = (bySection[section] ?? []).flatMap(\.values)
            try #require(values.count == types.count, "\(section): \(values.count) values, \(types.count) types")
            return zip(types, values).map { Entry(section: section, type: $0, text: $1) }
        }
    }

    /// Returns the record in the example.
    func value<Value: Record>(_ type: Value.Type) throws -> Value { try JSONDecoder.likeness.decode(type, from: data) }

    /// Returns the record in the example, encoded again.
    func again<Value: Record>(_ type: Value.Type) throws -> JSONValue {
        try JSONEncoder.likeness.encode(value(type)).json()
    }

    /// Returns whether `other` holds the same record.
    func isSame<Value: Record>(_ type: Value.Type, _ other: Data) throws -> Bool {
        try value(type) == JSONDecoder.likeness.decode(type, from: other)
    }

    /// Throws if `other` does not hold such a record.
    func check<Value: Record>(_ type: Value.Type, _ other: Data) throws {
        _ = try JSONDecoder.likeness.decode(type, from: other)
    }
}
