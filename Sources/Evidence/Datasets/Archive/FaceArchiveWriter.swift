public import Foundation
import LikenessSupport

/// Packs faces into an archive, crop by crop.
///
/// Appended crops survive the end of the process, however it ends, except for the last few dozen. Another writer for
/// the same folder continues where the first one stopped. Readers see the archive after ``finish(order:)``.
///
/// ```swift
/// let writer = try FaceArchiveWriter(folder: folder, detector: finder.detector.name)
/// let list = try IdentityList(people: people)
/// for picture in list.pictures where !writer.files.contains(picture.file) {
///     let source = PictureSource.file(IdentityList.url(of: picture, in: people))
///     guard let face = try await finder.faces(in: source, selecting: .center).faces.first?.face else { continue }
///     try writer.append(picture, LooseCrop(of: await source.read(limits: .standard), face: face))
/// }
/// try writer.finish()
/// ```
public final class FaceArchiveWriter {
    /// The settings of the archive, which do not change while it is written.
    private struct Settings: Hashable, Codable {
        var format = FaceArchive.Header.currentFormat
        var version = FaceArchive.Header.currentVersion
        var detector: String
        var crop: LooseCrop.Settings

        var text: String { "\(detector), \(crop.side) pixels, \(crop.extent) boxes, quality \(crop.quality)" }
    }

    /// The files that have been processed: packed or left out.
    public private(set) var files: Set<String> = []

    private let folder: URL
    private let settings: Settings
    private let journal: AppendedFile
    private var part: AppendedFile?
    private var partNumber = 0
    private var lines: [FaceArchive.Line] = []
    /// The lines whose crops may not be on the disk yet.
    private var pending: [FaceArchive.Line] = []

    /// The largest size of a part, in bytes.
    public static let partLimit = 15 << 20
    private static let pendingLimit = 64

    /// Creates an archive, or continues an unfinished one.
    ///
    /// - Parameters:
    ///   - folder: The archive's folder; created if it does not exist.
    ///   - detector: The detector of the faces.
    ///   - crop: The settings of the crops.
    /// - Throws: ``ArchiveError`` if the archive is finished, was begun with other settings, is being written by
    ///   another process, or can't be written.
    public init(folder: URL, detector: String, crop: LooseCrop.Settings = LooseCrop.Settings()) throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw ArchiveError.unwritable(folder.path, reason: "the folder can't be created")
        }
        guard !FileManager.default.fileExists(atPath: folder.appending(path: FaceArchive.indexName).path) else {
            throw ArchiveError.finished(folder.path)
        }
        self.folder = folder
        settings = Settings(detector: detector, crop: crop)
        journal = try AppendedFile(folder.appending(path: FaceArchive.journalName))
        guard journal.lock() else { throw ArchiveError.busy(folder.path) }
        try resume()
    }

    /// Adds a face.
    ///
    /// - Parameters:
    ///   - picture: The list's entry; its file must not have been added before.
    ///   - crop: The face's crop.
    ///   - subset: The subset of the data to which the face belongs.
    /// - Throws: ``ArchiveError/unwritable(_:reason:)``.
    public func append(_ picture: IdentityList.Picture, _ crop: LooseCrop, subset: String? = nil) throws {
        precondition(files.insert(picture.file).inserted, "a picture must be packed only once")
        if let part, part.count + crop.bytes.count > Self.partLimit {
            try flush()
            self.part = nil
            partNumber += 1
        }
        let part = try part ?? AppendedFile(url(ofPart: partNumber))
        self.part = part
        let offset = part.count
        try part.append(Data(crop.bytes))
        try add(
            .entry(
                FaceArchive.Entry(
                    file: picture.file, identity: picture.identity, source: picture.source, subset: subset,
                    face: crop.face, scale: crop.scale,
                    place: .init(part: partNumber, offset: offset, length: crop.bytes.count))))
    }

    /// Records a picture that can't be packed, so that it is not tried again.
    ///
    /// - Throws: ``ArchiveError/unwritable(_:reason:)``.
    public func skip(_ file: String, reason: String) throws {
        precondition(files.insert(file).inserted, "a picture must be packed only once")
        try add(.skipped(FaceArchive.Skipped(file: file, reason: reason)))
    }

    /// Writes buffered data to the disk, so that another writer can continue from this state.
    ///
    /// - Throws: ``ArchiveError/unwritable(_:reason:)``.
    public func flush() throws {
        // Crops are written first, so that no line of the journal refers to missing data.
        try part?.synchronize()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try journal.append(try pending.reduce(into: Data()) { $0 += try encoder.encode($1) + [UInt8(ascii: "\n")] })
        try journal.synchronize()
        pending = []
    }

    /// Completes the archive.
    ///
    /// - Parameter order: The files in the order they should have in the archive; other files follow.
    /// - Throws: ``ArchiveError/unwritable(_:reason:)``.
    public func finish(order: [String] = []) throws {
        try flush()
        let ranks = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let sorted = lines.enumerated().sorted { a, b in
            let (first, second) = (ranks[a.element.file] ?? Int.max, ranks[b.element.file] ?? Int.max)
            return (first, a.offset) < (second, b.offset)
        }.map(\.element)
        let index = folder.appending(path: FaceArchive.indexName)
        // The index appears only when it is complete. A draft that an earlier process left unfinished is replaced.
        let draft = folder.appending(path: "." + FaceArchive.indexName)
        func checked<Value>(_ url: URL, _ reason: String, _ work: () throws(SystemError) -> Value) throws -> Value {
            do throws(SystemError) {
                return try work()
            } catch {
                throw ArchiveError.unwritable(url.path, reason: reason)
            }
        }
        let file = try checked(draft, "the file can't be made") { () throws(SystemError) in
            try DraftFile(SystemPath(draft.path), replacing: true)
        }
        let text = try encoded(sorted)
        try checked(draft, "the disk may be full") { () throws(SystemError) in try file.write(text) }
        try checked(draft, "the disk may be failing", file.synchronize)
        try checked(index, "the file can't be put in its place") { () throws(SystemError) in
            try file.move(to: SystemPath(index.path))
        }
        try? FileManager.default.removeItem(at: journal.url)
    }

    private func encoded(_ lines: [FaceArchive.Line]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let parts = try (0..<partNumber + (part == nil ? 0 : 1)).map { number in
            let file = url(ofPart: number)
            guard let data = try? Data(contentsOf: file, options: .alwaysMapped) else {
                throw ArchiveError.unreadablePart(file.path)
            }
            return FaceArchive.Header.Part(
                file: file.lastPathComponent, bytes: data.count, sha256: try SHA256(of: data).hexadecimal)
        }
        var entries: [FaceArchive.Line] = [], skipped: [FaceArchive.Line] = []
        for line in lines {
            if case .entry = line { entries.append(line) } else { skipped.append(line) }
        }
        let header = FaceArchive.Header(
            format: settings.format, version: settings.version, detector: settings.detector, crop: settings.crop,
            parts: parts, entries: entries.count, skipped: skipped.count)
        let newline = [UInt8(ascii: "\n")]
        return try (entries + skipped).reduce(into: try encoder.encode(header) + newline) {
            $0 += try encoder.encode($1) + newline
        }
    }

    private func add(_ line: FaceArchive.Line) throws {
        lines.append(line)
        pending.append(line)
        if pending.count >= Self.pendingLimit { try flush() }
    }

    private func url(ofPart number: Int) -> URL {
        let digits = String(number + 1)
        return folder.appending(path: "part-\(String(repeating: "0", count: max(4 - digits.count, 0)))\(digits).bin")
    }

    /// Reads the journal of an interrupted writer, and truncates incomplete data.
    private func resume() throws {
        let text = try journal.contents()
        var whole = 0
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            let length = line.count + 1
            if whole == 0 {
                guard let begun = try? JSONDecoder().decode(Settings.self, from: line) else { break }
                guard begun == settings else {
                    throw ArchiveError.otherSettings(folder.path, begun: begun.text, asked: settings.text)
                }
            } else {
                guard let read = try? JSONDecoder().decode(FaceArchive.Line.self, from: line),
                    files.insert(read.file).inserted
                else { break }
                lines.append(read)
            }
            whole += length
        }
        try journal.truncate(to: whole)
        if whole == 0 { try journal.append(try JSONEncoder().encode(settings) + [UInt8(ascii: "\n")]) }
        try resumePart()
    }

    private func resumePart() throws {
        let places = lines.compactMap { line -> FaceArchive.Entry.Place? in
            if case .entry(let entry) = line { entry.place } else { nil }
        }
        partNumber = places.map(\.part).max() ?? 0
        let end = places.filter { $0.part == partNumber }.map { $0.offset + $0.length }.max() ?? 0
        let last = try AppendedFile(url(ofPart: partNumber))
        guard last.count >= end else {
            throw ArchiveError.damagedPart(last.url.path, reason: "it is shorter than its journal says")
        }
        try last.truncate(to: end)
        part = last
    }
}
