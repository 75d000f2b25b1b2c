import ArgumentParser
import Foundation
import LikenessRecords
import LikenessSupport

/// The formats in which results are printed.
package enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, jsonl, csv
}

/// The layout of a record as rows of text, for people and for spreadsheets.
package final class Layout<Record>: Sendable {
    /// The names of the columns.
    package let columns: [String]
    /// Returns the rows of a record, each with one value for each column. A record may have no rows.
    package let rows: @Sendable (Record) -> [[String]]
    /// A separate layout for CSV, with more columns; `nil` if CSV uses this layout.
    package let csv: Layout?

    /// Creates a layout.
    package init(columns: [String], rows: @escaping @Sendable (Record) -> [[String]], csv: Layout? = nil) {
        (self.columns, self.rows, self.csv) = (columns, rows, csv)
    }
}

/// Prints a stream of records in one of the formats, to the standard output or to a file that appears when it is
/// complete.
package final class Writer<Record: Encodable> {
    private let format: OutputFormat
    private let file: OutputFile
    private let encoder = JSONEncoder.likeness
    private var count = 0
    private let layout: Layout<Record>
    private var table: TextTable

    /// Creates a writer.
    ///
    /// - Parameters:
    ///   - options: The format and the file of the output.
    ///   - layout: The layout of a record as rows.
    package init(_ options: OutputOptions, layout: Layout<Record>) throws {
        format = options.format
        let layout = options.format == .csv ? layout.csv ?? layout : layout
        self.layout = layout
        table = TextTable(columns: layout.columns)
        file = try OutputFile(options.output)
    }

    /// Prints `record`. A table is printed at the end, when all records are known.
    package func write(_ record: Record) throws {
        switch format {
        case .json:
            try file.write((count == 0 ? "[\n" : ",\n") + (try text(record)))
        case .jsonl:
            try file.write(try text(record) + "\n")
        case .csv:
            if count == 0 { try file.write(CSV.line(layout.columns)) }
            for row in layout.rows(record) { try file.write(CSV.line(row)) }
        case .table:
            layout.rows(record).forEach { table.append($0) }
        }
        count += 1
    }

    /// Ends the output, and moves the file to its final path.
    package func finish() throws {
        try end()
        try file.finish()
    }

    /// Ends the output of an interrupted batch, so that the records so far can be read.
    ///
    /// - Returns: The path of the file; `nil` for the standard output.
    package func finishPart() throws -> String? {
        try end()
        return try file.keepPart()
    }

    private func end() throws {
        switch format {
        case .json: try file.write(count == 0 ? "[]\n" : "\n]\n")
        case .jsonl: break
        case .csv: if count == 0 { try file.write(CSV.line(layout.columns)) }
        case .table: try file.write(table.text)
        }
    }

    private func text(_ record: Record) throws -> String { String(decoding: try encoder.encode(record), as: UTF8.self) }
}
