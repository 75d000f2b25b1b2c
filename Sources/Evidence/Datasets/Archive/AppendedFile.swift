import Foundation

/// A file that is only appended to.
final class AppendedFile {
    let url: URL
    /// The length of the file, in bytes.
    private(set) var count: Int
    private let handle: FileHandle

    /// Creates the file, or opens an existing one.
    init(_ url: URL) throws {
        // The file contains pictures of people, so only the owner may read it, whatever the process's umask.
        let descriptor = open(url.path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw ArchiveError.unwritable(url.path, reason: "the file can't be created")
        }
        guard let handle = FileHandle(forUpdatingAtPath: url.path), let end = try? handle.seekToEnd() else {
            throw ArchiveError.unwritable(url.path, reason: "the file can't be opened")
        }
        self.url = url
        self.handle = handle
        count = Int(end)
    }

    deinit { try? handle.close() }

    /// Locks the file against other writing processes while it is open; returns `false` if another process holds the
    /// lock.
    func lock() -> Bool { flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 }

    func contents() throws -> Data {
        try checked("it can't be read") {
            try handle.seek(toOffset: 0)
            let data = try handle.readToEnd() ?? Data()
            try handle.seekToEnd()
            return data
        }
    }

    func append(_ data: Data) throws {
        try checked("the disk may be full") { try handle.write(contentsOf: data) }
        count += data.count
    }

    func truncate(to length: Int) throws {
        try checked("it can't be shortened") { try handle.truncate(atOffset: UInt64(length)) }
        count = length
    }

    func synchronize() throws {
        try checked("the disk may be failing") { try handle.synchronize() }
    }

    private func checked<Value>(_ reason: String, _ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch {
            throw ArchiveError.unwritable(url.path, reason: reason)
        }
    }
}
