public import Foundation
import Synchronization

extension Gallery {
    /// Writes the gallery to a file, as ``GalleryExport`` describes. The file's mode is 0600; one that was there is
    /// replaced when the new one is whole.
    ///
    /// - Throws: ``GalleryError/unavailable(_:reason:)`` where the file can't be written.
    public func export(to file: URL) async throws {
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
            throw GalleryError.unavailable(file.path, reason: error.localizedDescription)
        }
    }
}

/// Writes lines in large pieces.
private final class LineWriter: Sendable {
    private static let piece = 1 << 20
    private let handle: FileHandle
    private let pending = Mutex(Data())

    init(handle: FileHandle) { self.handle = handle }

    func write(_ line: Data) throws {
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
