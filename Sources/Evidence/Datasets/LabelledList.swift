public import Foundation
import LikenessSupport

/// Pictures with labels, such as age or gender, and the people in them if known, for counting errors by group.
///
/// The format is comma-separated text, `file[,identity],LABEL[,LABEL…]`. <doc:Lists> describes it.
public struct LabelledList: Hashable, Sendable {
    /// A picture and its labels.
    public struct Picture: Hashable, Sendable {
        /// The path: absolute, or relative to the folder of pictures.
        public let file: String
        /// The person in it; `nil` if unknown, which counts as a person who is in no other picture.
        public let identity: String?
        /// The labels in the order of ``LabelledList/columns``; `nil` for an empty field.
        public let labels: [String?]
        /// The picture's line in the list, from 1.
        public let line: Int
    }

    /// The list's name in messages, usually its path.
    public let name: String
    /// The requested label columns.
    public let columns: [String]
    /// The pictures, in the list's order.
    public let pictures: [Picture]

    /// Creates a list from a file.
    ///
    /// - Parameters:
    ///   - file: The list, with a header.
    ///   - columns: The label columns. Letter case is ignored, as are other columns.
    /// - Throws: ``DatasetError`` with every invalid line and every repeated file.
    public init(contentsOf file: URL, columns: [String]) throws {
        try self.init(CSVRecords(TextFile.bytes(of: file)), columns: columns, name: file.path)
    }

    /// Creates a list from text.
    ///
    /// - Parameters:
    ///   - text: The list.
    ///   - columns: The label columns.
    ///   - name: The list's name in messages.
    /// - Throws: ``DatasetError``, as ``init(contentsOf:columns:)`` does.
    public init(text: String, columns: [String], name: String = "the list of pictures") throws {
        try self.init(CSVRecords([UInt8](text.utf8)), columns: columns, name: name)
    }

    private init(_ text: CSVRecords, columns: [String], name: String) throws {
        var faults = text.lineFaults, pictures: [Picture] = []
        if let header = text.records.first {
            do {
                let places = try CSVColumns(
                    header: header, required: ["file"] + columns.map { $0.lowercased() }, optional: ["identity"])
                pictures = Self.pictures(
                    text.records.dropFirst(), places: places, columns: columns.map { $0.lowercased() },
                    faults: &faults)
            } catch {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw DatasetError.malformed(name, faults.sorted { $0.line < $1.line }) }
        guard !pictures.isEmpty else { throw DatasetError.empty(name) }
        (self.name, self.columns, self.pictures) = (name, columns, pictures)
    }

    private static func pictures(
        _ records: ArraySlice<CSVRecords.Record>, places: CSVColumns, columns: [String], faults: inout [LineFault]
    ) -> [Picture] {
        var lines: [String: Int] = [:], pictures: [Picture] = []
        for record in records {
            do throws(LineFault) {
                let file = try places.field("file", of: record)
                var labels: [String?] = []
                for column in columns { labels.append(try places.optionalField(column, of: record)) }
                if let first = lines[file] {
                    throw LineFault(line: record.line, field: "file", message: "\(file) is already in line \(first)")
                }
                lines[file] = record.line
                pictures.append(
                    Picture(
                        file: file, identity: try places.optionalField("identity", of: record), labels: labels,
                        line: record.line))
            } catch {
                faults.append(error)
            }
        }
        return pictures
    }

    /// Returns the list with only some of its pictures.
    public func filtered(_ isKept: (Picture) -> Bool) -> LabelledList {
        LabelledList(name: name, columns: columns, pictures: pictures.filter(isKept))
    }

    private init(name: String, columns: [String], pictures: [Picture]) {
        (self.name, self.columns, self.pictures) = (name, columns, pictures)
    }

    /// Returns the location of a picture.
    ///
    /// - Parameters:
    ///   - picture: A picture of a list.
    ///   - folder: The base of relative paths.
    public static func url(of picture: Picture, in folder: URL) -> URL { TextFile.url(of: picture.file, in: folder) }
}
