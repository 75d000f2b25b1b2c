import Foundation
import LikenessSupport

/// A file that is only appended to.
final class AppendedFile {
    let url: URL
    /// The length of the file, in bytes.
    private(set) var count: Int
    private let file: OpenFile

    /// Creates the file, or opens an existing one.
    init(_ url: URL) throws {
        self.url = url
        let path = SystemPath(url.path)
        // The file holds pictures of people: only the owner may read it, whatever the process's umask.
        _ = try Self.checked(url, "the file can't be made") { try path.createPrivate() }
        (file, count) = try Self.checked(url, "the file can't be opened") {
            let file = try OpenFile(path, for: .updating)
            return (file, try file.seekToEnd())
        }
    }

    /// Locks the file against other writing processes while it is open; returns `false` if another process holds the
    /// lock.
    func lock() -> Bool { (try? file.lock()) ?? false }

    func contents() throws -> Data { try checked("it can't be read") { Data(try file.bytes(at: 0, count: count)) } }

    func append(_ data: Data) throws {
        try checked("the disk may be full") { try data.withUnsafeBytes { try file.write($0, at: count) } }
        count += data.count
    }

    func truncate(to length: Int) throws {
        try checked("it can't be shortened") { try file.truncate(to: length) }
        count = length
    }

    func synchronize() throws {
        try checked("the disk may be failing") { try file.synchronize() }
    }

    private func checked<Value>(_ reason: String, _ work: () throws -> Value) throws -> Value {
        try Self.checked(url, reason, work)
    }

    private static func checked<Value>(_ url: URL, _ reason: String, _ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch {
            throw ArchiveError.unwritable(url.path, reason: reason)
        }
    }
}
