import Foundation
import LikenessSupport
import TestSupport

/// The examples of `Documentation/JSON.md`.
struct Document {
    /// A block of JSON, and the heading that it stands under.
    struct Example {
        /// The heading without its marks.
        var section: String
        /// The values of the block, each as it is written.
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

    /// Objects that follow each other, one by one.
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
    /// The value of JSON in it.
    func json() throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: self) }
}

/// What every record is.
typealias Record = Codable & Hashable & Sendable
