import Foundation
import Likeness

/// A gallery store that keeps its galleries in one JSON file, for one program at a time.
///
/// A removed face is no longer in the file; the disk's free blocks may still hold its bytes.
actor JSONFileStore: GalleryDocumentStore {
    nonisolated let files: [URL]
    private(set) var document: GalleryDocument
    private let file: URL

    /// Opens the store in `file`; the first change creates the file.
    init(at file: URL) throws {
        self.file = file
        files = [file, URL(filePath: file.path + ".new")]
        guard FileManager.default.fileExists(atPath: file.path) else {
            document = GalleryDocument()
            return
        }
        do {
            document = try JSONDecoder().decode(GalleryDocument.self, from: Data(contentsOf: file))
        } catch {
            throw GalleryError.damaged(file.path, reason: String(describing: error))
        }
    }

    /// Changes a copy, saves it, and keeps it if both succeed.
    func update<Result: Sendable>(_ change: @Sendable (inout GalleryDocument) throws -> Result) throws -> Result {
        var next = document
        let result = try change(&next)
        if next != document { try save(next) }
        document = next
        return result
    }

    /// Replaces the file by a new one that only its owner can read, after its bytes are on the disk.
    private func save(_ document: GalleryDocument) throws {
        let data = try JSONEncoder().encode(document)
        let new = files[1].path
        let descriptor = open(new, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: data)
            try handle.synchronize()
            guard rename(new, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw GalleryError.unavailable(file.path, reason: String(describing: error))
        }
    }
}
