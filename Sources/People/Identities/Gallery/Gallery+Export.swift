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
        try PrivateFile.create(temporary.path)
        do {
            try await writeLines(to: temporary)
            try PrivateFile.move(temporary.path, to: file.path)
        } catch {
            try? FileManager.default.removeItem(at: temporary)
            throw error
        }
    }

    private func checkTarget(_ path: String) throws {
        guard let status = PrivateFile.status(path) else { return }
        guard PrivateFile.isRegular(status) else {
            throw GalleryError.unavailable(path, reason: "an export must be a regular file")
        }
        for own in store.files.compactMap({ PrivateFile.status($0.path) }) where PrivateFile.isSame(own, status) {
            throw GalleryError.unavailable(path, reason: "it is the store itself: export to another file")
        }
    }

    private func writeLines(to file: URL) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let handle = try FileHandle(forWritingTo: file)
            defer { try? handle.close() }
            let lines = LineWriter(handle: handle)
            try await store.read(
                info,
                size: { size in
                    let header = GalleryExport.Header(
                        format: GalleryExport.format, version: GalleryExport.version, gallery: info.name, model: model,
                        dimension: info.dimension, people: size.people, templates: size.templates)
                    try lines.write(try encoder.encode(header))
                },
                person: { try lines.write(try encoder.encode($0)) })
            try lines.flush()
            try handle.synchronize()
        } catch let error as CocoaError {
            guard error.code != .fileWriteOutOfSpace else { throw GalleryError.diskFull(file.path) }
            throw GalleryError.unavailable(file.path, reason: Reason.text(of: error))
        }
    }
}

/// Writes lines in large blocks.
private final class LineWriter: Sendable {
    private static let piece = 1 << 20
    private let handle: FileHandle
    private let pending = Mutex(Data())

    init(handle: FileHandle) { self.handle = handle }

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
            if pending.count >= Self.piece { try Self.flush(&pending, handle) }
        }
    }

    func flush() throws { try pending.withLock { try Self.flush(&$0, handle) } }

    private static func flush(_ pending: inout Data, _ handle: FileHandle) throws {
        try handle.write(contentsOf: pending)
        pending.removeAll(keepingCapacity: true)
    }
}
