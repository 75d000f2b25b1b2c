import Foundation

/// Prints one result: an object in JSON, a text for people, or rows in CSV.
struct SingleWriter {
    private let options: OutputOptions

    init(_ options: OutputOptions) throws {
        self.options = options
    }

    /// - Parameters:
    ///   - record: The result for programs.
    ///   - table: The result for people, ending with a line end.
    ///   - csv: The heading and the rows; without, CSV is refused.
    func write(_ record: some Encodable, table: @autoclosure () -> String, csv: [[String]]? = nil) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let text: String
        switch options.format {
        case .table:
            text = table()
        case .json:
            encoder.outputFormatting.insert(.prettyPrinted)
            text = String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
        case .jsonl:
            text = String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
        case .csv:
            guard let csv else { throw Failure.badOption("this result has no CSV form: use json or table") }
            text = csv.map(CSV.line).joined()
        }
        try put(text)
    }

    private func put(_ text: String) throws {
        do {
            if let path = options.output {
                try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
            } else {
                try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
            }
        } catch {
            throw Failure.cannotWrite(options.output ?? "the standard output")
        }
    }
}
