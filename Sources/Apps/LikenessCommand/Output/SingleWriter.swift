package import Foundation
import LikenessRecords
import LikenessSupport

/// Prints a single result as a JSON object, as text for people, or as CSV rows.
package struct SingleWriter {
    private let format: OutputFormat
    private let file: OutputFile

    /// Creates a writer. Checks, before the work begins, that the result can be written.
    ///
    /// - Parameters:
    ///   - options: The format and the file of the output.
    ///   - hasCSV: Whether the result has a CSV form; if not, CSV is refused.
    ///   - inputs: The files that the command reads; they must not be overwritten.
    package init(_ options: OutputOptions, hasCSV: Bool = false, keeping inputs: InputFiles = InputFiles([])) throws {
        try options.check(keeping: inputs)
        if options.format == .csv, !hasCSV {
            throw Failure.badOption("this result has no CSV form", remedy: "use json or table")
        }
        file = try OutputFile(options.output)
        format = options.format
    }

    /// Writes the result.
    ///
    /// - Parameters:
    ///   - record: The result for programs.
    ///   - table: The result for people, ending with a line end.
    ///   - csv: The heading and the rows, if the result has a CSV form.
    package func write(_ record: some Encodable, table: @autoclosure () -> String, csv: [[String]] = []) throws {
        let text: String
        switch format {
        case .table: text = table().printableLines
        case .json: text = String(decoding: try Self.json(record), as: UTF8.self)
        case .jsonl: text = String(decoding: try JSONEncoder.likeness.encode(record), as: UTF8.self) + "\n"
        case .csv: text = CSV.text(csv)
        }
        try file.write(text)
        try file.finish()
    }

    /// Returns a record as ``OutputFormat/json`` prints it.
    package static func json(_ record: some Encodable) throws -> Data {
        let encoder = JSONEncoder.likeness
        encoder.outputFormatting.insert(.prettyPrinted)
        return try encoder.encode(record) + Data("\n".utf8)
    }
}
