import Foundation

/// Prints one result: an object in JSON, a text for people, or rows in CSV.
struct SingleWriter {
    private let format: OutputFormat
    private let file: OutputFile

    /// Checks before the work what would only be found out after it.
    ///
    /// - Parameters:
    ///   - options: The form of the output, and the file; without a file the standard output.
    ///   - hasCSV: Whether the result can be written as rows; where it can't, CSV is refused.
    init(_ options: OutputOptions, hasCSV: Bool = false) throws {
        if options.format == .csv, !hasCSV {
            throw Failure.badOption("this result has no CSV form: use json or table")
        }
        file = try OutputFile(options.output)
        format = options.format
    }

    /// - Parameters:
    ///   - record: The result for programs.
    ///   - table: The result for people, ending with a line end.
    ///   - csv: The heading and the rows, where the result has them.
    func write(_ record: some Encodable, table: @autoclosure () -> String, csv: [[String]] = []) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let text: String
        switch format {
        case .table:
            text = table()
        case .json:
            encoder.outputFormatting.insert(.prettyPrinted)
            text = String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
        case .jsonl:
            text = String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
        case .csv:
            text = csv.map(CSV.line).joined()
        }
        try file.write(text)
        try file.finish()
    }
}
