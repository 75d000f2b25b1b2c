public import Foundation
import LikenessSupport
public import Pixels

/// An archive of loose face crops for training, so that photographs are decoded and searched for faces only once.
///
/// A crop is stored with its landmarks and its detector's box, so that a face for every template can be cut from it:
///
/// ```swift
/// let archive = try FaceArchive(contentsOf: folder)
/// let entry = archive.entries[i]
/// let face = try entry.face.aligned(in: archive.image(at: i), to: template)
/// ```
///
/// The crops are in parts of at most 15 MiB, with their SHA-256 in the index. <doc:Archives> describes the format.
public struct FaceArchive: Sendable {
    /// The header of the archive.
    public let header: Header
    /// The faces, in the order of the list that was packed.
    public let entries: [Entry]
    /// The pictures of the list that were left out, with reasons.
    public let skipped: [Skipped]

    private let parts: [Data]

    static let indexName = "index.jsonl"
    static let journalName = "index.partial"

    /// Opens an archive and checks every part.
    ///
    /// The crops stay on disk and are read on demand.
    ///
    /// - Parameter folder: The archive's folder.
    /// - Throws: ``ArchiveError``, which names the file that is missing, truncated or altered.
    public init(contentsOf folder: URL) throws {
        let file = folder.appending(path: Self.indexName)
        guard let index = try? Data(contentsOf: file) else {
            let isBegun = FileManager.default.fileExists(atPath: folder.appending(path: Self.journalName).path)
            throw ArchiveError.notAnArchive(
                folder.path,
                reason: isBegun
                    ? "its packing was not finished; run the same command again" : "it has no \(Self.indexName)")
        }
        let lines = index.split(separator: UInt8(ascii: "\n"))
        let header = try Self.header(lines.first, folder: folder)
        var entries: [Entry] = [], skipped: [Skipped] = []
        let decoder = JSONDecoder()
        for (number, text) in lines.enumerated().dropFirst() {
            switch try? decoder.decode(Line.self, from: text) {
            case .entry(let entry): entries.append(entry)
            case .skipped(let one): skipped.append(one)
            case nil: throw ArchiveError.damagedIndex(file.path, line: number + 1)
            }
        }
        try Self.check(entries.count, is: header.entries, field: "entries", file)
        try Self.check(skipped.count, is: header.skipped, field: "skipped", file)
        self.header = header
        self.entries = entries
        self.skipped = skipped
        parts = try header.parts.map { try Self.part($0, in: folder) }
        for (number, entry) in entries.enumerated() where !Self.holds(entry.place, parts) {
            throw ArchiveError.damagedIndex(file.path, line: number + 2)
        }
    }

    /// Returns an archive with the faces of two, this one's first.
    ///
    /// - Parameter other: An archive of the same detector. Boxes of different detectors are not comparable.
    /// - Throws: ``ArchiveError/otherDetector(_:_:)``.
    public func joined(with other: FaceArchive) throws(ArchiveError) -> FaceArchive {
        guard other.header.detector == header.detector else {
            throw .otherDetector(header.detector, other.header.detector)
        }
        let moved = other.entries.map { entry in
            var entry = entry
            entry.place.part += parts.count
            return entry
        }
        return FaceArchive(
            header.joined(with: other.header), entries + moved, skipped + other.skipped, parts + other.parts)
    }

    private init(_ header: Header, _ entries: [Entry], _ skipped: [Skipped], _ parts: [Data]) {
        (self.header, self.entries, self.skipped, self.parts) = (header, entries, skipped, parts)
    }

    /// The number of faces.
    public var count: Int { entries.count }

    /// The distinct people in the archive, in order of name.
    public var identities: [String] { Set(entries.compactMap(\.identity)).sorted() }

    /// The label of each face: its person's index in ``identities``; `nil` if the person is unknown.
    public var labels: [Int?] {
        let numbers = Dictionary(uniqueKeysWithValues: identities.enumerated().map { ($1, $0) })
        return entries.map { $0.identity.flatMap { numbers[$0] } }
    }

    /// Returns the indices in ``entries`` of the faces of `identities`.
    public func indices(of identities: some Sequence<String>) -> [Int] {
        let wanted = Set(identities)
        return entries.indices.filter { index in entries[index].identity.map(wanted.contains) ?? false }
    }

    /// Returns the encoded crop: a JPEG, PNG or WebP file.
    public func bytes(at index: Int) -> Data {
        let place = entries[index].place
        let part = parts[place.part]
        let start = part.startIndex + place.offset
        return part[start..<start + place.length]
    }

    /// Returns the decoded crop.
    ///
    /// - Throws: `ImageError` if the packed bytes are not a picture.
    public func image(at index: Int) throws -> Image { try Image(decoding: bytes(at: index)) }

    private static func header(_ line: Data?, folder: URL) throws -> Header {
        guard let line, let header = try? JSONDecoder().decode(Header.self, from: line),
            header.format == Header.currentFormat
        else { throw ArchiveError.damagedIndex(folder.appending(path: indexName).path, line: 1) }
        guard header.version == Header.currentVersion else {
            throw ArchiveError.notAnArchive(
                folder.path,
                reason: "its version is \(header.version), but this program reads version "
                    + "\(Header.currentVersion)")
        }
        return header
    }

    private static func check(_ count: Int, is said: Int, field: String, _ file: URL) throws(ArchiveError) {
        guard count == said else { throw .miscounted(file.path, field: field, said: said, found: count) }
    }

    private static func part(_ part: Header.Part, in folder: URL) throws -> Data {
        let file = folder.appending(path: part.file)
        guard !part.file.isEmpty, !part.file.contains("/") else {
            throw ArchiveError.damagedPart(file.path, reason: "its name leads out of the archive")
        }
        guard let data = try? Data(contentsOf: file, options: .alwaysMapped) else {
            throw ArchiveError.unreadablePart(file.path)
        }
        guard data.count == part.bytes else {
            throw ArchiveError.damagedPart(file.path, reason: "it has \(data.count) bytes instead of \(part.bytes)")
        }
        guard try SHA256(of: data).hexadecimal == part.sha256 else {
            throw ArchiveError.damagedPart(file.path, reason: "its SHA-256 is different")
        }
        return data
    }

    private static func holds(_ place: Entry.Place, _ parts: [Data]) -> Bool {
        place.part < parts.count && place.length > 0 && place.offset <= parts[place.part].count - place.length
    }
}
