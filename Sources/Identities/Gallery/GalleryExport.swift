public import Faces
public import Foundation

/// A gallery in a file: JSON lines, so that a million templates can be written and read one person at a time.
///
/// The first line says what the file is, every further line is a person with all templates:
///
///     {"format":"likeness-gallery","version":1,"gallery":"staff","model":{"name":"sface","contract":"0123456789ab/1"},
///      "dimension":128,"people":2,"templates":3}
///     {"id":"…","name":"Ada Lovelace","metadata":{"team":"engines"},"created":1790000000000,
///      "templates":[{"vector":"…","label":"ada.jpg","digest":"…","context":{…},"created":1790000000000}]}
///
/// `vector` is the unit vector's little-endian 32-bit floats in base64; times are milliseconds since 1970; `label`,
/// `digest` and `context` are left out where they are not known. The file is as confidential as the store.
public struct GalleryExport: Sendable {
    /// What ``Header/format`` says.
    public static let format = "likeness-gallery"
    /// What this version writes, and the newest that it reads.
    public static let version = 1

    /// The first line.
    public struct Header: Hashable, Codable, Sendable {
        /// ``GalleryExport/format``.
        public var format: String
        /// ``GalleryExport/version``.
        public var version: Int
        /// The gallery's name.
        public var gallery: String
        /// The model of the embeddings.
        public var model: ModelIdentity
        /// Numbers per embedding.
        public var dimension: Int
        /// Persons in the file: one line each.
        public var people: Int
        /// Templates in the file.
        public var templates: Int
    }

    /// A person with all templates.
    public struct Entry: Hashable, Codable, Sendable {
        /// As in ``Person``.
        public var id: String
        /// As in ``Person``.
        public var name: String
        /// As in ``Person``.
        public var metadata: [String: String]
        /// Milliseconds since 1970.
        public var created: Int64
        /// The person's templates, oldest first.
        public var templates: [EntryTemplate]
    }

    /// A template with its numbers.
    public struct EntryTemplate: Hashable, Codable, Sendable {
        /// Little-endian 32-bit floats.
        public var vector: Data
        /// As in ``Template``.
        public var label: String?
        /// As in ``Template``.
        public var digest: String?
        /// As in ``Template``.
        public var context: ContextVector?
        /// Milliseconds since 1970.
        public var created: Int64
    }

    /// What the file says that it holds.
    public let header: Header
    let path: String
    private let lines: Data

    /// Opens a file and checks its first line.
    ///
    /// - Throws: ``GalleryError/invalidExport(_:line:reason:)``.
    public init(contentsOf file: URL) throws {
        path = file.path
        do {
            lines = try Data(contentsOf: file, options: .mappedIfSafe)
        } catch {
            throw GalleryError.invalidExport(path, line: 0, reason: "the file can't be read")
        }
        header = try Self.header(lines[..<lines.endOfLine(from: lines.startIndex)], path)
    }

    private static func header(_ line: Data, _ path: String) throws -> Header {
        guard let header = try? JSONDecoder().decode(Header.self, from: line), header.format == format else {
            throw GalleryError.invalidExport(path, line: 1, reason: "it is not an exported gallery")
        }
        guard header.version <= version else {
            throw GalleryError.invalidExport(
                path, line: 1, reason: "its version \(header.version) is newer than this program's, \(version)")
        }
        guard header.dimension > 0, header.gallery.contains(where: { !$0.isWhitespace }) else {
            throw GalleryError.invalidExport(path, line: 1, reason: "its dimension or its gallery's name is missing")
        }
        return header
    }

    /// Gives every person, after checking the line, and checks at the end that nothing is missing.
    ///
    /// - Throws: ``GalleryError/invalidExport(_:line:reason:)`` at the first thing that is wrong, and what `body` throws.
    public func forEach(_ body: (Entry) throws -> Void) throws {
        let decoder = JSONDecoder()
        var number = 1, templates = 0, seen: Set<String> = []
        var next = lines.endOfLine(from: lines.startIndex) + 1
        while next < lines.endIndex {
            number += 1
            let line = lines[next..<lines.endOfLine(from: next)]
            next = line.endIndex + 1
            func invalid(_ reason: String) -> GalleryError { .invalidExport(path, line: number, reason: reason) }
            guard let entry = try? decoder.decode(Entry.self, from: line) else { throw invalid("it is not a person") }
            guard !entry.id.isEmpty, !entry.name.isEmpty else { throw invalid("the person has no id or no name") }
            guard seen.insert(entry.id).inserted else { throw invalid("the id \(entry.id) comes twice") }
            for template in entry.templates {
                if let reason = fault(of: template) { throw invalid(reason) }
            }
            templates += entry.templates.count
            try body(entry)
        }
        guard seen.count == header.people, templates == header.templates else {
            throw GalleryError.invalidExport(
                path, line: 0,
                reason: "it holds \(seen.count) persons and \(templates) templates where its first line says "
                    + "\(header.people) and \(header.templates)")
        }
    }

    private func fault(of template: EntryTemplate) -> String? {
        guard template.vector.count == header.dimension * 4 else {
            return "a vector has \(template.vector.count) bytes where \(header.dimension * 4) are expected"
        }
        guard [Float](littleEndian: template.vector).withUnsafeBufferPointer(VectorIndex.isUnit) else {
            return "a vector's numbers are not finite, or its length is not 1"
        }
        return nil
    }
}

extension Data {
    /// Where the line that begins at `start` ends: at its newline, or at the data's end.
    fileprivate func endOfLine(from start: Index) -> Index {
        withUnsafeBytes { bytes in
            let rest = bytes[(start - startIndex)...]
            return rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + startIndex } ?? endIndex
        }
    }
}

extension [Float] {
    /// Numbers from their bytes, as a store and an export keep them.
    init(littleEndian data: Data) {
        self = [Float](unsafeUninitializedCapacity: data.count / 4) { numbers, count in
            data.withUnsafeBytes { bytes in
                for place in 0..<bytes.count / 4 {
                    let bits = bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self)
                    numbers.initializeElement(at: place, to: Float(bitPattern: UInt32(littleEndian: bits)))
                }
            }
            count = data.count / 4
        }
    }

    /// The numbers' bytes.
    var littleEndianData: Data {
        map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    }
}

extension Date {
    /// Milliseconds since 1970, as a store and an export keep times.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
