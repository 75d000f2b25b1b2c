import Foundation
public import LikenessSupport

/// The path of a value in a record: names joined by dots, and list elements by index or by a field's value.
///
/// Examples: `accuracy.mean`, `folds[0].accuracy`, `tar[fmr=0.001].value`.
public struct RecordPath: Sendable, Hashable, CustomStringConvertible {
    private enum Part: Sendable, Hashable {
        case name(String)
        case place(Int)
        case element(name: String, value: String)
    }

    /// The path as it was written.
    public let description: String
    private let parts: [Part]

    /// Creates a path from its text.
    ///
    /// - Throws: ``ExperimentError/badPath(_:reason:)``.
    public init(_ text: String) throws(ExperimentError) {
        description = text
        var parts: [Part] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            if rest.first == "[" {
                guard let end = rest.firstIndex(of: "]") else { throw .badPath(text, reason: "a ] is missing") }
                parts.append(try Self.element(rest[rest.index(after: rest.startIndex)..<end], of: text))
                rest = rest[rest.index(after: end)...]
                if rest.first == "." { rest = rest.dropFirst() }
            } else {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { throw .badPath(text, reason: "a name is missing") }
                parts.append(.name(String(name)))
                rest = rest.dropFirst(name.count)
                if rest.first == "." { rest = rest.dropFirst() }
            }
        }
        guard !parts.isEmpty else { throw .badPath(text, reason: "it is empty") }
        self.parts = parts
    }

    private static func element(_ inside: Substring, of text: String) throws(ExperimentError) -> Part {
        if let place = Int(inside), place >= 0 { return .place(place) }
        let sides = inside.split(separator: "=", maxSplits: 1)
        guard sides.count == 2 else { throw .badPath(text, reason: "[\(inside)] is neither an index nor NAME=VALUE") }
        return .element(name: String(sides[0]), value: String(sides[1]))
    }

    /// Returns the value at the path.
    ///
    /// - Throws: ``ExperimentError/badPath(_:reason:)`` if there is none.
    public func value(in record: JSONValue) throws(ExperimentError) -> JSONValue {
        var value = record
        for part in parts {
            guard let next = Self.step(part, in: value) else {
                throw .badPath(description, reason: "the record has no \(Self.name(of: part)) at that place")
            }
            value = next
        }
        return value
    }

    /// Returns the number at the path; `nil` if the value is null.
    ///
    /// - Throws: ``ExperimentError/badPath(_:reason:)`` if there is no value, or it is not a number.
    public func number(in record: JSONValue) throws(ExperimentError) -> Double? {
        switch try value(in: record) {
        case .number(let number): return number
        case .null: return nil
        default: throw .badPath(description, reason: "the value there is not a number")
        }
    }

    private static func step(_ part: Part, in value: JSONValue) -> JSONValue? {
        switch (part, value) {
        case (.name(let name), .object(let fields)): fields[name]
        case (.place(let place), .array(let values)): place < values.count ? values[place] : nil
        case (.element(let name, let wanted), .array(let values)):
            values.first { element in
                guard case .object(let fields) = element, let field = fields[name] else { return false }
                if case .number(let number) = field { return Double(wanted) == number }
                return field.argument == wanted
            }
        default: nil
        }
    }

    private static func name(of part: Part) -> String {
        switch part {
        case .name(let name): "'\(name)'"
        case .place(let place): "element \(place)"
        case .element(let name, let value): "element with \(name) \(value)"
        }
    }
}
