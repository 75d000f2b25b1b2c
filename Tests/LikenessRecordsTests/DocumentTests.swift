import Foundation
import LikenessRecords
import LikenessSupport
import Testing

@Suite("The examples of Documentation/JSON.md")
struct DocumentTests {
    private let entries: [Entry]

    init() throws { entries = try Entry.all() }

    @Test("Decoding and encoding an example loses nothing and adds nothing")
    func roundTrip() throws {
        for entry in entries {
            #expect(try entry.again(entry.type) == entry.data.json(), "\(entry)")
        }
    }

    @Test("Every type of the module occurs in an example")
    func complete() throws {
        var found: Set<String> = []
        for entry in entries { found.formUnion(RecordTypes.occurring(in: try entry.value(entry.type))) }
        #expect(try RecordTypes.declared().subtracting(found) == [])
    }

    @Test("Unknown fields in a record are ignored")
    func unknownFields() throws {
        for entry in entries {
            // The name of a kind of map is not a field of a record.
            let isMap = entry.type == ProbabilityCalibrationRecord.Map.self
            let other = try JSONEncoder().encode(entry.data.json().withUnknownFields(in: isMap ? "map" : ""))
            #expect(try other.json() != entry.data.json())
            #expect(try entry.isSame(entry.type, other), "\(entry)")
        }
    }

    @Test("A missing field is either optional or named by the error")
    func missingFields() throws {
        for entry in entries {
            guard case .object(let fields) = try entry.data.json() else { continue }
            var isNeeded = false
            for key in fields.keys {
                let data = try JSONEncoder().encode(JSONValue.object(fields.filter { $0.key != key }))
                do {
                    try entry.check(entry.type, data)
                } catch DecodingError.typeMismatch where entry.type == ProbabilityCalibrationRecord.Map.self {
                    // The only field is the kind of the map.
                    isNeeded = true
                } catch DecodingError.keyNotFound(let missing, _) {
                    isNeeded = true
                    // Without `error`, the record of a damaged model looks like a card that lacks all other fields.
                    let isDamagedModel = entry.type == ModelRecord.self && key == "error"
                    #expect(missing.stringValue == key || isDamagedModel, "\(entry)")
                }
            }
            #expect(isNeeded || entry.type == IdentificationRecord.self, "\(entry)")
        }
    }
    @Test("The error names the path of a missing field")
    func place() throws {
        let text = #"{"image": "a.jpg", "timings": {"decode": 1, "detect": 1, "embed": 1}}"#
        do {
            _ = try JSONDecoder.likeness.decode(PictureRecord.self, from: Data(text.utf8))
            Issue.record("the record lacks a field that it needs")
        } catch DecodingError.keyNotFound(let key, let context) {
            #expect((context.codingPath + [key]).map(\.stringValue).suffix(2) == ["timings", "align"])
        }
    }
}

extension JSONValue {
    /// The fields whose keys are data: further keys are further values.
    private static let dictionaries: Set<String> = ["best", "map", "measures", "metadata", "runs", "told"]

    /// Returns the value with an additional field in every object that is a record.
    fileprivate func withUnknownFields(in name: String = "") -> JSONValue {
        switch self {
        case .array(let values): return .array(values.map { $0.withUnknownFields() })
        case .object(let fields):
            var more = Dictionary(
                uniqueKeysWithValues: fields.map { ($0, $1.withUnknownFields(in: $0)) })
            if !Self.dictionaries.contains(name) { more["fieldOfANewerVersion"] = .object(["number": .number(1)]) }
            return .object(more)
        default: return self
        }
    }
}
