import Foundation
import LikenessSupport

/// The placeholders `{work}` and `{STEP:PATH}` in a step's arguments. They stand for the experiment's working folder
/// and for a value in an earlier step's record.
enum Placeholder {
    /// Returns `argument` with its placeholders filled in.
    ///
    /// - Parameters:
    ///   - argument: The argument.
    ///   - work: The experiment's working folder.
    ///   - records: The records of earlier steps, by the steps' names.
    /// - Throws: ``ExperimentError/badPath(_:reason:)`` if a placeholder does not lead to a single value.
    static func filled(
        _ argument: String, work: URL, records: [String: JSONValue]
    ) throws(ExperimentError) -> String {
        var result = ""
        var rest = Substring(argument)
        while let start = rest.firstIndex(of: "{") {
            guard let end = rest[start...].firstIndex(of: "}") else { break }
            result += rest[..<start]
            result += try value(of: rest[rest.index(after: start)..<end], work: work, records: records)
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func value(
        of name: Substring, work: URL, records: [String: JSONValue]
    ) throws(ExperimentError) -> String {
        if name == "work" { return work.relativePath }
        let sides = name.split(separator: ":", maxSplits: 1).map(String.init)
        guard sides.count == 2 else { throw .badPath(String(name), reason: "write {work} or {STEP:PATH}") }
        guard let record = records[sides[0]] else {
            throw .badPath(String(name), reason: "no earlier step is called '\(sides[0])'")
        }
        guard let argument = try RecordPath(sides[1]).value(in: record).argument else {
            throw .badPath(String(name), reason: "the value there is not a number or a text")
        }
        return argument
    }
}
