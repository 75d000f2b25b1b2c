public import Foundation
import LikenessSupport
import Synchronization

extension Gallery {
    /// Writes the gallery to a file in the format of ``GalleryExport``.
    ///
    /// The file's mode is 0600. An existing file is replaced when the new one is complete.
    ///
    /// - Throws: ``GalleryError/unavailable(_:reason:)`` or ``GalleryError/diskFull(_:)`` if the file can't be written,
    ///   is not a regular file, or belongs to the store.
    public func export(to file: URL) async throws {
        // The target of a link is replaced, not the link.
        let file = file.resolvingSymlinksInPath()
        try checkTarget(file.path)
        let temporary = file.deletingLastPathComponent()
            .appending(path: ".\(file.lastPathComponent).\(UUID().uuidString)")
        let draft = try writing(temporary.path) { () throws(SystemError) in
            try DraftFile(SystemPath(temporary.path))
        }
        try await writeLines(to: LineWriter(draft, called: temporary.path))
        try writing(file.path) { () throws(SystemError) in try draft.move(to: SystemPath(file.path)) }
    }

    private func checkTarget(_ path: String) throws {
        guard let status = SystemPath(path).status else { return }
        guard status.isRegular else {
            throw GalleryError.unavailable(
                path, reason: status.kind == .folder ? "it is a folder" : "it is not a regular file")
        }
        for own in store.files where SystemPath(own.path).status?.identity == status.identity {
            throw GalleryError.unavailable(path, reason: "it is the store itself: export to another file")
        }
    }

    private func writeLines(to lines: LineWriter) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try await store.read(
            info,
            size: { size in
                let header = GalleryExport.Header(
                    format: GalleryExport.format, version: GalleryExport.version, gallery: info.name, model: model,
                    dimension: info.dimension, people: size.people, templates: size.templates)
                try lines.write(try encoder.encode(header))
            },
            person: { try lines.write(try encoder.encode($0)) })
        try lines.finish()
    }
}

/// Writes to the file at `path`.
///
/// - Throws: What the system refuses, as ``GalleryError``.
private func writing<Result>(
    _ path: String, _ work: () throws(SystemError) -> Result
) throws(GalleryError) -> Result {
    do {
        return try work()
    } catch {
        throw GalleryError(error, writing: path)
    }
}

/// Writes lines in large blocks.
private final class LineWriter: Sendable {
    private static let piece = 1 << 20
    private let draft: DraftFile
    private let path: String
    private let pending = Mutex(Data())

    init(_ draft: DraftFile, called path: String) { (self.draft, self.path) = (draft, path) }

    /// Adds a line, and checks that it is not too long to be read again.
    func write(_ line: Data) throws {
        guard line.count <= LineReader.longestLine else {
            throw GalleryError.unavailable(
                "the export",
                reason: "a person's templates make a line of more than \(LineReader.longestLine >> 20) MiB")
        }
        try pending.withLock { pending in
            pending.append(line)
            pending.append(UInt8(ascii: "\n"))
            if pending.count >= Self.piece { try flush(&pending) }
        }
    }

    /// Writes the rest, and waits until it is on the disk.
    func finish() throws {
        try pending.withLock { try flush(&$0) }
        try writing(path) { () throws(SystemError) in try draft.synchronize() }
    }

    private func flush(_ pending: inout Data) throws {
        let lines = pending
        try writing(path) { () throws(SystemError) in try draft.write(lines) }
        pending.removeAll(keepingCapacity: true)
    }
}
