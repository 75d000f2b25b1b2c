import ArgumentParser
import Foundation
import LikenessRecords
import LikenessSupport

/// The forms in which results are printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, jsonl, csv
}

/// How a record is shown as rows of text, for people and for spreadsheets.
final class Layout<Record>: Sendable {
    /// The columns' names.
    let columns: [String]
    /// The rows of a record, each with as many values as there are columns; no row is possible.
    let rows: @Sendable (Record) -> [[String]]
    /// The layout of CSV, where programs are to have more than people; else CSV has this one.
    let csv: Layout?

    /// A layout from its parts.
    init(columns: [String], rows: @escaping @Sendable (Record) -> [[String]], csv: Layout? = nil) {
        (self.columns, self.rows, self.csv) = (columns, rows, csv)
    }
}

/// Prints a stream of records in one of the formats, to the standard output or to a file that appears whole or not at
/// all.
final class Writer<Record: Encodable> {
    private let format: OutputFormat
    private let file: OutputFile
    private let encoder = JSONEncoder.likeness
    private var count = 0
    private let layout: Layout<Record>
    private var table: TextTable

    /// - Parameters:
    ///   - options: The form of the output, and the file; without a file the standard output.
    ///   - layout: How a record becomes rows.
    init(_ options: OutputOptions, layout: Layout<Record>) throws {
        format = options.format
        let layout = options.format == .csv ? layout.csv ?? layout : layout
        self.layout = layout
        table = TextTable(columns: layout.columns)
        file = try OutputFile(options.output)
    }

    /// Prints `record`; a table is printed when all are there.
    func write(_ record: Record) throws {
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

    /// Ends the output, and puts the file in its place.
    func finish() throws {
        try end()
        try file.finish()
    }

    /// Ends the output of a batch that was interrupted, so that what was done can be read.
    ///
    /// - Returns: The file that it is in; `nil` for the standard output.
    func finishPart() throws -> String? {
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
