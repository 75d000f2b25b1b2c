import Foundation
import LikenessSupport
import TestSupport

/// The examples of `Documentation/JSON.md`.
struct Document {
    /// A block of JSON and its heading.
    struct Example {
        /// The heading without its marks.
        var section: String
        /// The values in the block, each as text.
        var values: [String]
    }

    let examples: [Example]

    init() throws {
        let file = Fixtures.root.appending(path: "Documentation/JSON.md")
        var section = "", block: [Substring]?
        var examples: [Example] = []
        for line in try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if let lines = block {
                if line == "```" {
                    examples.append(Example(section: section, values: Self.values(in: lines.joined(separator: "\n"))))
                    block = nil
                } else {
                    block = lines + [line]
                }
            } else if line.hasPrefix("#") {
                section = String(line.drop { $0 == "#" || $0 == " " }).replacing("`", with: "")
            } else if line == "```json" {
                block = []
            }
        }
        self.examples = examples
    }

    /// Returns the values that follow each other in a text.
    private static func values(in text: String) -> [String] {
        var values: [String] = [], depth = 0, isText = false, isEscaped = false, value = ""
        for character in text {
            value.append(character)
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isText = false
                }
                continue
            }
            switch character {
            case "\"": isText = true
            case "{", "[": depth += 1
            case "}", "]":
                depth -= 1
                if depth == 0 {
                    values.append(value)
                    value = ""
                }
            default: break
            }
        }
        return values
    }
}

extension Data {
    /// Returns the JSON value in this data.
    func json() throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: self) }
}

/// The protocols of every record.
typealias Record = Codable & Hashable & Sendable
