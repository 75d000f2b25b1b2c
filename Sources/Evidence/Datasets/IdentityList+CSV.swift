public import Foundation
import LikenessSupport

extension IdentityList {
    /// Creates a list from `file,identity[,source]`.
    ///
    /// The header is required, because otherwise a file name can't be distinguished from a person's name.
    ///
    /// - Throws: ``DatasetError`` with every invalid line and every repeated file.
    public init(contentsOf file: URL) throws {
        try self.init(CSVRecords(TextFile.bytes(of: file)), name: file.path)
    }

    /// Creates a list from text.
    ///
    /// - Parameters:
    ///   - text: The list.
    ///   - name: The list's name in messages.
    /// - Throws: ``DatasetError`` with every invalid line and every repeated file.
    public init(text: String, name: String = "the list of pictures") throws {
        try self.init(CSVRecords([UInt8](text.utf8)), name: name)
    }

    private init(_ text: CSVRecords, name: String) throws {
        var faults = text.lineFaults, pictures: [Picture] = []
        if let header = text.records.first {
            do {
                let columns = try CSVColumns(header: header, required: ["file", "identity"], optional: ["source"])
                pictures = Self.pictures(text.records.dropFirst(), columns: columns, faults: &faults)
            } catch {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw DatasetError.malformed(name, faults.sorted { $0.line < $1.line }) }
        guard !pictures.isEmpty else { throw DatasetError.empty(name) }
        self.init(name: name, pictures: pictures)
    }

    private static func pictures(
        _ records: ArraySlice<CSVRecords.Record>, columns: CSVColumns, faults: inout [LineFault]
    ) -> [Picture] {
        var lines: [String: Int] = [:]
        var pictures: [Picture] = []
        for record in records {
            do throws(LineFault) {
                let picture = Picture(
                    file: try columns.field("file", of: record), identity: try columns.field("identity", of: record),
                    source: columns.has("source") ? try columns.field("source", of: record) : nil, line: record.line)
                if let first = lines[picture.file] {
                    throw LineFault(
                        line: record.line, field: "file", message: "\(picture.file) is already in line \(first)")
                }
                lines[picture.file] = record.line
                pictures.append(picture)
            } catch {
                faults.append(error)
            }
        }
        return pictures
    }
}
