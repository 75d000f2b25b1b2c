import Foundation
import LikenessSupport
import TestSupport
import Testing

@testable import LikenessCommand

@Suite("Every error has a code, a category and a remedy")
struct ErrorCodesTests {
    /// The columns of a row of the table in `Documentation/JSON.md`.
    private struct Row: Equatable {
        var categories: Set<String>
        var statuses: Set<Int32>
    }

    @Test("The documented table lists exactly the codes that errors have, with their categories and exit statuses")
    func table() throws {
        var expected: [String: Row] = [:]
        for error in Examples.all {
            expected[error.code, default: Row(categories: [], statuses: [])].categories.insert(error.category.rawValue)
            expected[error.code]?.statuses.insert(Failure.status(of: error).rawValue)
        }
        let documented = try documentedRows()
        #expect(Set(documented.map(\.code)).count == documented.count, "a code stands in the table twice")
        #expect(documented.map(\.code) == documented.map(\.code).sorted())
        let rows = Dictionary(documented.map { ($0.code, $0.row) }) { first, _ in first }
        #expect(Set(rows.keys).symmetricDifference(expected.keys) == [])
        for (code, row) in rows { #expect(row == expected[code], "\(code)") }
    }

    @Test("Codes are snake case, and sentences are complete")
    func form() throws {
        for error in Examples.all {
            #expect(error.code.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil, "\(error.code)")
            for part in [error.problem, error.remedy].compactMap({ $0 }) {
                #expect(!part.isEmpty && !part.contains("\n") && !part.hasSuffix("."), "\(part)")
            }
            let message = Failure.message(of: error)
            #expect(message.lowercased().hasPrefix(error.problem.lowercased()), "\(message)")
            #expect(error.remedy.map { message.contains($0) } ?? true, "\(message)")
            #expect(error.localizedDescription == message)
            #expect(Failure.code(of: error) == error.code)
        }
    }

    @Test("There is an example of each case of each error type, and every error type has a code")
    func complete() throws {
        var cases = Dictionary(grouping: Examples.all) { Self.name(of: type(of: $0)) }.mapValues(\.count)
        // Its kinds are not enum cases.
        let foreign = cases.removeValue(forKey: "LikenessSupport.ForeignError")
        #expect(foreign != nil)
        var declared: [String: Int] = [:]
        let declaration =
            /(?m)^( *)(?:public |private |fileprivate )?(enum|struct|class) (\w+): ([^{\n]*) \{\n/
        let sources = Fixtures.root.appending(path: "Sources")
        for file in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where file.hasSuffix(".swift") {
            // It checks other people's code, in their tests.
            if file.hasPrefix("Apps/LikenessTesting/") { continue }
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            let module = String(file.split(separator: "/")[1])
            for found in text.matches(of: declaration) {
                let conformances = found.4.split(separator: ", ")
                #expect(!conformances.contains("Error"), "\(file): \(found.3) has no code")
                guard conformances.contains("LikenessError"), found.3 != "ForeignError" else { continue }
                let body = text[found.range.upperBound...]
                let end = try #require(body.range(of: "\n\(found.1)}\n")).lowerBound
                let count = found.2 == "enum" ? body[..<end].matches(of: /(?m)^ *case [a-z]\w*(?:\(|$)/).count : 1
                declared["\(module).\(found.3)", default: 0] += count
            }
        }
        #expect(declared == cases)
    }

    @Test("Each category has a distinct exit status")
    func statuses() {
        let statuses = ErrorCategory.allCases.map { ExitStatus($0).rawValue }
        #expect(statuses == [64, 65, 66, 69, 71, 74, 130])
    }

    /// Returns `Identities.Failure` for `Identities.LineReader.Failure`.
    private static func name(of type: any Any.Type) -> String {
        let words = String(reflecting: type).split(separator: ".")
        return "\(words[0]).\(words[words.count - 1])"
    }

    /// Returns the rows between the heading of the table and the next heading.
    private func documentedRows() throws -> [(code: String, row: Row)] {
        let file = Fixtures.root.appending(path: "Documentation/JSON.md")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let start = try #require(lines.firstIndex(of: "## Errors"))
        let section = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
        return try section.compactMap { (line: Substring) throws -> (code: String, row: Row)? in
            let columns = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            // The table of the record's fields has two columns.
            guard columns.count == 4, columns[0].hasPrefix("`") else { return nil }
            let categories = columns[1].matches(of: /`(\w+)`/).map { String($0.1) }
            let statuses = try columns[2].split(separator: ", ").map { try #require(Int32($0)) }
            #expect(!columns[3].isEmpty)
            return (columns[0].filter { $0 != "`" }, Row(categories: Set(categories), statuses: Set(statuses)))
        }
    }
}
