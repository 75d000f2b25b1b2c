public import Foundation
import LikenessSupport

/// Pictures grouped into templates, each of one person, as in IJB-C's 1:1 protocol.
///
/// Maze et al., *IARPA Janus Benchmark – C: Face dataset and protocol*, 2018. The format is comma-separated text,
/// `template,file,identity[,media]`, and the pairs to compare, `template_a,template_b[,fold]`. <doc:Lists> describes
/// both.
public struct TemplateList: Hashable, Sendable {
    /// A picture of a template.
    public struct Picture: Hashable, Sendable {
        /// The name of its template.
        public let template: String
        /// The path: absolute, or relative to the folder of pictures.
        ///
        /// A file may be in several templates.
        public let file: String
        /// The person in it.
        public let identity: String
        /// The video that it is a frame of; `nil` for a still.
        public let media: String?
        /// The picture's line in the list, from 1.
        public let line: Int
    }

    /// The list's name in messages, usually its path.
    public let name: String
    /// The pictures, in the list's order.
    public let pictures: [Picture]
    /// The person in each template.
    public let identities: [String: String]

    /// The distinct files, in the order of their first mention.
    public var files: [String] {
        var seen: Set<String> = []
        return pictures.map(\.file).filter { seen.insert($0).inserted }
    }

    /// Creates a list from a file.
    ///
    /// - Throws: ``DatasetError`` with every invalid line, every file that is repeated in a template, and every picture
    ///   in a template of another person.
    public init(contentsOf file: URL) throws {
        try self.init(CSVRecords(TextFile.bytes(of: file)), name: file.path)
    }

    /// Creates a list from text.
    ///
    /// - Parameters:
    ///   - text: The list.
    ///   - name: The list's name in messages.
    /// - Throws: ``DatasetError``, as ``init(contentsOf:)`` does.
    public init(text: String, name: String = "the list of templates") throws {
        try self.init(CSVRecords([UInt8](text.utf8)), name: name)
    }

    private init(_ text: CSVRecords, name: String) throws {
        var draft = Draft()
        try text.read(name: name, required: ["template", "file", "identity"], optional: ["media"]) {
            record, columns throws(LineFault) in try draft.add(record, columns)
        }
        (self.name, pictures, identities) = (name, draft.pictures, draft.identities)
    }

    /// Returns the pairs of templates to compare; a pair is mated if both templates are of one person.
    ///
    /// - Throws: ``DatasetError`` with every line that is invalid or names an unknown template.
    public func pairs(contentsOf file: URL) throws -> PairList {
        try pairs(CSVRecords(TextFile.bytes(of: file)), name: file.path)
    }

    /// Returns the pairs of templates in a text.
    ///
    /// - Parameters:
    ///   - text: The list of pairs.
    ///   - name: The list's name in messages.
    /// - Throws: ``DatasetError``, as ``pairs(contentsOf:)`` does.
    public func pairs(text: String, name: String = "the list of pairs") throws -> PairList {
        try pairs(CSVRecords([UInt8](text.utf8)), name: name)
    }

    private func pairs(_ text: CSVRecords, name: String) throws -> PairList {
        var rows: [(a: String, b: String, fold: String?, line: Int)] = []
        try text.read(name: name, required: ["template_a", "template_b"], optional: ["fold"]) {
            record, columns throws(LineFault) in
            for column in ["template_a", "template_b"] {
                let template = try columns.field(column, of: record)
                guard identities[template] != nil else {
                    throw LineFault(
                        line: record.line, field: column, message: "the template \(template) does not exist")
                }
            }
            rows.append(
                (
                    try columns.field("template_a", of: record), try columns.field("template_b", of: record),
                    columns.has("fold") ? try columns.field("fold", of: record) : nil, record.line
                ))
        }
        let folds = PairList.foldNumbers(rows.compactMap(\.fold))
        let pairs = rows.map { row in
            let (first, second) = (identities[row.a], identities[row.b])
            return PairList.Pair(
                imageA: row.a, imageB: row.b, isMated: first == second,
                fold: row.fold.flatMap { folds[$0] } ?? 0,
                personA: first, personB: second, line: row.line)
        }
        return folds.isEmpty
            ? PairList(name: name, pairs: pairs, folding: .dealt).dealt()
            : PairList(name: name, pairs: pairs, folding: .given)
    }

    /// The pictures read so far.
    private struct Draft {
        var pictures: [Picture] = []
        var identities: [String: String] = [:]
        private var lines: [[String]: Int] = [:]

        mutating func add(_ record: CSVRecords.Record, _ columns: CSVColumns) throws(LineFault) {
            let picture = Picture(
                template: try columns.field("template", of: record),
                file: try columns.field("file", of: record),
                identity: try columns.field("identity", of: record),
                media: try columns.optionalField("media", of: record), line: record.line)
            if let known = identities[picture.template], known != picture.identity {
                throw LineFault(
                    line: record.line, field: "identity",
                    message: "template \(picture.template) is of \(known), but this picture is of \(picture.identity)")
            }
            let key = [picture.template, picture.file]
            if let first = lines[key] {
                throw LineFault(
                    line: record.line, field: "file",
                    message: "\(picture.file) is already in template \(picture.template), in line \(first)")
            }
            lines[key] = record.line
            identities[picture.template] = picture.identity
            pictures.append(picture)
        }
    }
}

extension CSVRecords {
    /// Calls `take` with each record below the header.
    ///
    /// - Throws: ``DatasetError`` with all faults found by `take`, or if there are no records.
    fileprivate func read(
        name: String, required: [String], optional: [String],
        take: (Record, CSVColumns) throws(LineFault) -> Void
    ) throws(DatasetError) {
        var faults = lineFaults
        do throws(LineFault) {
            guard let header = records.first else {
                throw LineFault(line: 1, message: "there is no header")
            }
            let columns = try CSVColumns(header: header, required: required, optional: optional)
            for record in records.dropFirst() {
                do throws(LineFault) { try take(record, columns) } catch { faults.append(error) }
            }
        } catch {
            faults.append(error)
        }
        guard faults.isEmpty else { throw .malformed(name, faults.sorted { $0.line < $1.line }) }
        guard records.count > 1 else { throw .empty(name) }
    }
}
