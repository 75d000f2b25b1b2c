import Foundation
import LikenessSupport
import Testing

@Suite("Reasons in words")
struct ReasonTests {
    private struct Thing: Decodable {
        enum Kind: String, Decodable { case big, small }

        struct Part: Decodable { var size: Double }

        var name: String
        var kind: Kind?
        var count: Int?
        var isOpen: Bool?
        var parts: [Part]?
        var part: Part?
    }

    private func reason<Value: Decodable>(_ text: String, as type: Value.Type = Thing.self) -> String {
        let data = Data(text.utf8)
        do {
            _ = try JSONDecoder().decode(type, from: data)
            return "none"
        } catch {
            return Reason.text(of: error, decoding: type, from: data)
        }
    }

    @Test(
        "A file that can't be decoded: what is wrong, and the field",
        arguments: [
            (#"{}"#, "the field name is missing"),
            (#"{"name": 1}"#, "the field name is not a string"),
            (#"{"name": null}"#, "the field name is null, but a string is needed"),
            (#"{"name": "a", "kind": "huge"}"#, "the field kind is not one of the allowed words"),
            (#"{"name": "a", "count": "b"}"#, "the field count is not an integer in range"),
            (#"{"name": "a", "isOpen": 1}"#, "the field isOpen is not true or false"),
            (#"{"name": "a", "parts": {}}"#, "the field parts is not a list"),
            (#"{"name": "a", "parts": [{"size": 1}, {"size": []}]}"#, "the field parts.1.size is not a number"),
            (#"{"name": "a", "parts": [{"size": 1}, {}]}"#, "the field parts.1.size is missing"),
            (#"{"name": "a", "part": 1}"#, "the field part is not an object"),
            (#"[]"#, "the top-level value is not an object"),
        ])
    func decoding(text: String, expected: String) {
        #expect(reason(text) == expected)
    }

    @Test("Invalid JSON, and a number out of range")
    func numbers() {
        #expect(reason("{\"name\": ").hasPrefix("it is not valid JSON"))
        #expect(reason("").hasPrefix("it is not valid JSON"))
        for (found, field) in [
            (reason(#"{"name": "a", "part": {"size": 1e999}}"#), "part.size is 1e999"),
            (reason(#"{"name": "a", "parts": [{"size": 2}, {"size": -1e999}]}"#), "parts.1.size is -1e999"),
            (reason(#"{"na,[{me": "a]\"", "b": [1, {"c": 1e999}]}"#, as: JSONValue.self), "b.1.c is 1e999"),
            (reason(#"{"name": "a", "count": 2.5}"#), "count is 2.5"),
            (reason(#"{"name": "a", "count": 1e30}"#), "count is 1e30"),
        ] {
            #expect(found == "the field \(field), a number that this field can't hold", "\(found)")
        }
    }

    private struct Own: Error, CustomStringConvertible { var description: String { "our own words" } }

    @Test("Errors of the system, of Foundation, and our own")
    func others() {
        #expect(Reason.text(of: Own()) == "our own words" && Reason.number(of: Own()) == nil)
        #expect(Reason.text(of: POSIXError(.ENOSPC)) == "No space left on device")
        do {
            _ = try Data(contentsOf: URL(filePath: "/nowhere/nothing"))
            Issue.record("there is no such file")
        } catch {
            #expect(Reason.text(of: error) == "No such file or directory")
        }
    }
}
