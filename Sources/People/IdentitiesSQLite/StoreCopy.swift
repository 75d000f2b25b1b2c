import Foundation
import GRDB
import GRDBSQLite
import Identities
import LikenessSupport

/// A copy of a store's files in memory from a single point in time, made without writing anything.
///
/// SQLite itself reads a database with a write-ahead log only if it can keep shared memory next to it. Here the file
/// and the log are read as after a crash of all processes that use them, which SQLite's format is designed to survive:
/// the file first, then the log, then both again. If the file has not changed in between and the log has only grown,
/// the bytes belong to a single point in time; otherwise they are read again.
struct StoreCopy {
    private let path: String
    private let patience: Double

    init(_ path: String, patience: Double) {
        self.path = path
        self.patience = StoreFile.bounded(patience)
    }

    /// Returns a database in memory with the store's contents.
    func open() throws -> DatabaseQueue {
        let image = try read()
        var configuration = Configuration()
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA temp_store = MEMORY") }
        let queue = try DatabaseQueue(configuration: configuration)
        guard image.count > 0 else { return queue }
        try queue.writeWithoutTransaction { database in
            let bytes = image.release()
            let status = sqlite3_deserialize(
                database.sqliteConnection, "main", bytes.start, Int64(bytes.count), Int64(bytes.count),
                UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE))
            guard status == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: status)) }
            database.clearSchemaCache()
        }
        return queue
    }

    private func read() throws -> DatabaseImage {
        let file = try SQLiteFile(path)
        let deadline = ContinuousClock.now + .seconds(patience)
        repeat {
            let image = try DatabaseImage(file.size(), path: path)
            try file.read(into: image)
            let log = try readLog()
            if try file.holds(image), try readLog().starts(with: log) {
                // If there is a rollback journal, the store is in the middle of a change, and the journal would be
                // needed to undo it.
                guard SystemPath(path + "-journal").status.map({ $0.size == 0 }) ?? true else {
                    throw GalleryError.unavailable(
                        path, reason: "it was not closed properly; open it once with write permission")
                }
                try WriteAheadLog(log)?.apply(to: image)
                image.setToRollback()
                return image
            }
            usleep(10_000)
        } while ContinuousClock.now < deadline
        throw GalleryError.busy(path)
    }

    private func readLog() throws -> Data {
        let log = path + "-wal"
        guard SystemPath(log).status != nil else { return Data() }
        do {
            return try Data(contentsOf: URL(filePath: log))
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            return Data()
        } catch {
            throw GalleryError.unavailable(log, reason: "it can't be read, and may contain the latest changes")
        }
    }
}

/// SQLite's memory for a database.
final class DatabaseImage {
    private(set) var bytes: UnsafeMutableRawBufferPointer
    private let path: String

    init(_ count: Int, path: String) throws {
        self.path = path
        guard count > 0 else {
            bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = sqlite3_malloc64(UInt64(count)) else {
            throw GalleryError.outOfMemory("a copy of \(path), \(count) bytes")
        }
        bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
    }

    deinit { sqlite3_free(bytes.baseAddress) }

    var count: Int { bytes.count }

    /// Extends the memory with zeros, or truncates it.
    func resize(to count: Int) throws {
        let old = bytes.count
        guard count != old else { return }
        guard let start = sqlite3_realloc64(bytes.baseAddress, UInt64(count)) else {
            throw GalleryError.outOfMemory("a copy of \(path), \(count) bytes")
        }
        bytes = UnsafeMutableRawBufferPointer(start: start, count: count)
        if count > old { bytes[old...].initializeMemory(as: UInt8.self, repeating: 0) }
    }

    /// Marks the database as having no write-ahead log (bytes 18 and 19 of the header); otherwise SQLite does not open
    /// a database in memory.
    func setToRollback() {
        for place in [18, 19] where place < count && bytes[place] == 2 { bytes[place] = 1 }
    }

    /// Transfers the memory to the caller, who must free it.
    func release() -> (start: UnsafeMutablePointer<UInt8>?, count: Int) {
        let taken = bytes
        bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        return (taken.baseAddress?.assumingMemoryBound(to: UInt8.self), taken.count)
    }
}

/// A database file, opened and closed by SQLite. If it were closed in another way, the locks of other connections of
/// this process would be released.
final class SQLiteFile {
    private let path: String
    private let connection: OpaquePointer
    private let file: UnsafeMutablePointer<sqlite3_file>
    private let methods: sqlite3_io_methods

    init(_ path: String) throws {
        self.path = path
        var connection: OpaquePointer?
        // SQLite opens the file, but reads nothing before the first statement, and no statement is executed.
        let status = sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil)
        var file: UnsafeMutablePointer<sqlite3_file>?
        guard status == SQLITE_OK, let connection,
            sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK,
            let file, let methods = file.pointee.pMethods
        else {
            sqlite3_close(connection)
            throw GalleryError.unavailable(path, reason: "it can't be read")
        }
        self.connection = connection
        self.file = file
        self.methods = methods.pointee
    }

    deinit { sqlite3_close(connection) }

    /// Returns the size of the file, in bytes.
    func size() throws -> Int {
        var size: Int64 = 0
        try check(methods.xFileSize?(file, &size))
        return Int(size)
    }

    private static let piece = 1 << 20

    func read(into image: DatabaseImage) throws {
        for start in stride(from: 0, to: image.count, by: Self.piece) {
            try read(UnsafeMutableRawBufferPointer(rebasing: image.bytes[start...].prefix(Self.piece)), at: start)
        }
    }

    /// Returns whether the file still has the same content as the copy.
    func holds(_ image: DatabaseImage) throws -> Bool {
        guard try size() == image.count else { return false }
        let again = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.piece, alignment: 16)
        defer { again.deallocate() }
        for start in stride(from: 0, to: image.count, by: Self.piece) {
            let known = image.bytes[start...].prefix(Self.piece)
            let piece = UnsafeMutableRawBufferPointer(rebasing: again[..<known.count])
            try read(piece, at: start)
            guard let here = piece.baseAddress, let there = known.base.baseAddress,
                memcmp(here, there + known.startIndex, known.count) == 0
            else { return false }
        }
        return try size() == image.count
    }

    private func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        let status = methods.xRead?(file, bytes.baseAddress, Int32(bytes.count), Int64(offset))
        // If the file was truncated, the rest is filled with zeros here; the truncation is detected by the size.
        if let status, ResultCode(rawValue: status) == .SQLITE_IOERR_SHORT_READ { return }
        try check(status)
    }

    private func check(_ status: Int32?) throws {
        guard status == SQLITE_OK else { throw GalleryError.unavailable(path, reason: "it can't be read") }
    }
}
