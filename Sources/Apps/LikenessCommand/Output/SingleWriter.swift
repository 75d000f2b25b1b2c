import Foundation
import LikenessRecords
import LikenessSupport

/// Prints one result: an object in JSON, a text for people, or rows in CSV.
struct SingleWriter {
    private let format: OutputFormat
    private let file: OutputFile

    /// Checks before the work what would only be found out after it.
    ///
    /// - Parameters:
    ///   - options: The form of the output, and the file; without a file the standard output.
    ///   - hasCSV: Whether the result can be written as rows; where it can't, CSV is refused.
    ///   - inputs: What is read, and must not be overwritten.
    init(_ options: OutputOptions, hasCSV: Bool = false, keeping inputs: InputFiles = InputFiles([])) throws {
        try options.check(keeping: inputs)
        if options.format == .csv, !hasCSV {
            throw Failure.badOption("this result has no CSV form", remedy: "use json or table")
        }
        file = try OutputFile(options.output)
        format = options.format
    }

    /// - Parameters:
    ///   - record: The result for programs.
    ///   - table: The result for people, ending with a line end.
    ///   - csv: The heading and the rows, where the result has them.
    func write(_ record: some Encodable, table: @autoclosure () -> String, csv: [[String]] = []) throws {
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

    /// What ``OutputFormat/json`` prints of a record.
    static func json(_ record: some Encodable) throws -> Data {
        let encoder = JSONEncoder.likeness
        encoder.outputFormatting.insert(.prettyPrinted)
        return try encoder.encode(record) + Data("\n".utf8)
    }
}
