public import Faces
public import Foundation
import LikenessSupport

/// A gallery in a file of JSON lines, so that a million templates can be written and read one person at a time.
///
/// The first line describes the file; every further line is a person with all templates:
///
/// ```
/// {"format":"likeness-gallery","version":1,"gallery":"staff","model":{"name":"sface","contract":"0123456789ab/1"},
///  "dimension":128,"people":2,"templates":3}
/// {"id":"…","name":"Ada Lovelace","metadata":{"team":"engines"},"created":1790000000000,
///  "templates":[{"vector":"…","label":"ada.jpg","digest":"…","context":{…},"created":1790000000000}]}
/// ```
///
/// `vector` holds the unit vector's little-endian 32-bit floats in base64. Times are milliseconds since 1970. `label`,
/// `digest` and `context` are left out if unknown. The file is as confidential as the store.
public struct GalleryExport: Sendable {
    /// The value of ``Header/format``.
    public static let format = "likeness-gallery"
    /// The version that is written, and the newest that can be read.
    public static let version = 1

    /// The first line.
    public struct Header: Hashable, Codable, Sendable {
        /// The format: ``GalleryExport/format``.
        public var format: String
        /// The version: ``GalleryExport/version``.
        public var version: Int
        /// The gallery's name.
        public var gallery: String
        /// The model of the embeddings.
        public var model: ModelIdentity
        /// The number of values per embedding.
        public var dimension: Int
        /// The number of people in the file, one line each.
        public var people: Int
        /// The number of templates in the file.
        public var templates: Int
    }

    /// A person with all templates.
    public struct Entry: Hashable, Codable, Sendable {
        /// The id, as in ``Person``.
        public var id: String
        /// The name, as in ``Person``.
        public var name: String
        /// The metadata, as in ``Person``.
        public var metadata: [String: String]
        /// The time of enrollment, in milliseconds since 1970.
        public var created: Int64
        /// The person's templates, oldest first.
        public var templates: [EntryTemplate]

        /// Creates a person from its parts.
        public init(id: String, name: String, metadata: [String: String], created: Int64, templates: [EntryTemplate]) {
            self.id = id
            self.name = name
            self.metadata = metadata
            self.created = created
            self.templates = templates
        }
    }

    /// A template with its embedding.
    public struct EntryTemplate: Hashable, Codable, Sendable {
        /// The embedding as little-endian 32-bit floats.
        public var vector: Data
        /// The label, as in ``Template``.
        public var label: String?
        /// The digest, as in ``Template``.
        public var digest: String?
        /// The context, as in ``Template``.
        public var context: ContextVector?
        /// The time of enrollment, in milliseconds since 1970.
        public var created: Int64

        /// Creates a template from its parts.
        public init(vector: Data, label: String?, digest: String?, context: ContextVector?, created: Int64) {
            self.vector = vector
            self.label = label
            self.digest = digest
            self.context = context
            self.created = created
        }
    }

    /// The first line, which describes the content.
    public let header: Header
    let path: String

    /// Opens a file and checks its first line.
    ///
    /// - Throws: ``GalleryError/invalidExport(_:line:reason:)``.
    public init(contentsOf file: URL) throws {
        path = file.path
        var lines = try Self.open(path)
        header = try Self.header(try Self.next(&lines, number: 1, path) ?? Data(), path)
    }

    private static func open(_ path: String) throws -> LineReader {
        guard let lines = LineReader(path) else {
            guard SystemPath(path).status != nil else { throw GalleryError.noExport(path) }
            throw GalleryError.invalidExport(
                path, line: 0, reason: "the file can't be read, or it is not a regular file")
        }
        return lines
    }

    private static func next(_ lines: inout LineReader, number: Int, _ path: String) throws -> Data? {
        do {
            return try lines.next()
        } catch LineReader.Failure.tooLong {
            let limit = LineReader.longestLine >> 20
            throw GalleryError.invalidExport(path, line: number, reason: "the line is longer than \(limit) MiB")
        } catch {
            throw GalleryError.invalidExport(path, line: number, reason: "reading the file failed")
        }
    }

    private static func header(_ line: Data, _ path: String) throws -> Header {
        func invalid(_ reason: String) -> GalleryError { .invalidExport(path, line: 1, reason: reason) }
        guard let header = try? JSONDecoder().decode(Header.self, from: line), header.format == format else {
            throw invalid("it is not an exported gallery")
        }
        guard header.version <= version else {
            throw invalid("its version \(header.version) is newer than this program's, \(version)")
        }
        guard header.version > 0 else { throw invalid("it has the unknown version \(header.version)") }
        let dimensions = GalleryInfo.dimensions
        guard dimensions.contains(header.dimension) else {
            throw invalid(
                "its dimension is \(header.dimension), but an embedding has "
                    + "\(dimensions.lowerBound) to \(dimensions.upperBound) numbers")
        }
        guard header.people >= 0, header.templates >= 0 else {
            throw invalid("it says that it holds \(header.people) people and \(header.templates) templates")
        }
        for (name, what) in [(header.model.name, "model's name"), (header.model.contract, "model's contract")]
        where !name.contains(where: { !$0.isWhitespace }) {
            throw invalid("the \(what) is blank")
        }
        return header
    }

    /// Calls `body` with every person after checking the line. Checks at the end that nothing is missing.
    ///
    /// Names and ids have the form in which ``GalleryName`` stores them.
    ///
    /// - Throws: ``GalleryError/invalidExport(_:line:reason:)`` at the first fault, and errors of `body`.
    public func forEach(_ body: (Entry) throws -> Void) throws {
        let decoder = JSONDecoder()
        var lines = try Self.open(path)
        var number = 1, templates = 0, seen: Set<String> = []
        guard let first = try Self.next(&lines, number: 1, path), try Self.header(first, path) == header else {
            throw GalleryError.invalidExport(path, line: 1, reason: "the file was changed while it was read")
        }
        while let line = try Self.next(&lines, number: number + 1, path) {
            number += 1
            let entry = try entry(line, number: number, decoder)
            guard seen.insert(entry.id).inserted else {
                throw GalleryError.invalidExport(path, line: number, reason: "the id \(entry.id) occurs twice")
            }
            templates += entry.templates.count
            try body(entry)
        }
        guard seen.count == header.people, templates == header.templates else {
            throw GalleryError.invalidExport(
                path, line: 0,
                reason: "it holds \(seen.count) people and \(templates) templates, but its first line says "
                    + "\(header.people) and \(header.templates)")
        }
    }

    private func entry(_ line: Data, number: Int, _ decoder: JSONDecoder) throws -> Entry {
        func invalid(_ reason: String) -> GalleryError { .invalidExport(path, line: number, reason: reason) }
        guard var entry = try? decoder.decode(Entry.self, from: line) else { throw invalid("it is not a person") }
        do {
            entry.name = try GalleryName.checked(entry.name, of: Person.nameOfPerson)
            entry.id = try GalleryName.checked(entry.id, of: Person.nameOfID)
        } catch GalleryError.invalidName(let what, let reason) {
            throw invalid("\(what) \(reason)")
        }
        let times = [entry.created] + entry.templates.map(\.created)
        if let time = times.first(where: { !Date.millisecondsInStore.contains($0) }) {
            throw invalid("the time \(time) is before the year 1 or after the year 9999")
        }
        for template in entry.templates {
            if let reason = fault(of: template) { throw invalid(reason) }
        }
        return entry
    }

    private func fault(of template: EntryTemplate) -> String? {
        guard template.vector.count == header.dimension * 4 else {
            return "a vector has \(template.vector.count) bytes instead of \(header.dimension * 4)"
        }
        guard [Float](littleEndian: template.vector).withUnsafeBufferPointer(VectorIndex.isUnit) else {
            return "a vector's numbers are not finite, or its length is not 1"
        }
        if let name = template.context?.impossibleNumber {
            return "the number \(name) of a template's context is outside its range"
        }
        return nil
    }
}
