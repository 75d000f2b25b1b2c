import Foundation
import GRDB
import Identities
import LikenessSupport

/// Opens a store's file.
struct StoreFile {
    let path: String
    /// The longest time to wait for another process, in seconds.
    let patience: Double

    init(_ path: String, patience: Double) {
        self.path = path
        self.patience = Self.bounded(patience)
    }

    /// Returns a wait that clocks and SQLite can count: 0 seconds to a day.
    static func bounded(_ patience: Double) -> Double { patience > 0 ? min(patience, 86_400) : 0 }

    /// The suffixes of SQLite's files, which are appended to the store's name.
    static let suffixes = ["", "-wal", "-shm", "-journal"]

    /// Opens the store for changes; creates it if the file does not exist.
    func openOrMake() throws -> any DatabaseWriter {
        try checkKind()
        do {
            try SystemPath(path).createPrivate()
        } catch {
            throw GalleryError(error, writing: path)
        }
        guard SystemPath(path).isWritable, canKeepFilesBeside() else { throw GalleryError.readOnly(path) }
        return try open()
    }

    /// Returns whether SQLite can create its log and shared memory next to the store, or they already exist.
    private func canKeepFilesBeside() -> Bool {
        SystemPath(URL(filePath: path).deletingLastPathComponent().path).isWritable
            || ["-wal", "-shm"].allSatisfy { SystemPath(path + $0).isWritable }
    }

    /// Opens the store for reading, from a copy in memory if it can't be opened otherwise.
    func openToRead() throws -> (any DatabaseWriter, SQLiteStore.Use) {
        try checkKind()
        guard let status = SystemPath(path).status else {
            throw GalleryError.unavailable(path, reason: "there is no such file, or its folder can't be read")
        }
        // An empty file is a store that is being created, or one that was never written to. Reading does not create its
        // tables.
        if status.size > 0, SystemPath(path).isWritable, canKeepFilesBeside() {
            do {
                return (try open(), .reading)
            } catch {
                guard Self.isInTheWayOfWritingOnly(error) else { throw error }
            }
        }
        return (try copy(), .readingCopy)
    }

    /// Returns whether an error prevents only writing, not reading: a full disk, missing permission, or a lock.
    private static func isInTheWayOfWritingOnly(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM, .SQLITE_BUSY: true
        default: false
        }
    }

    private func checkKind() throws {
        guard let status = SystemPath(path).status, !status.isRegular else { return }
        throw GalleryError.unavailable(
            path, reason: status.kind == .folder ? "it is a folder" : "it is not a regular file")
    }

    /// The settings of a connection for changes.
    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            // Freed bytes are overwritten with zeros, and nothing is written to temporary files.
            try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    /// Opens the existing file.
    ///
    /// Processes that open a new store at the same time wait for each other, because SQLite answers some of these
    /// statements with "busy" immediately, whatever its timeout.
    private func open() throws -> any DatabaseWriter {
        let deadline = ContinuousClock.now + .seconds(patience)
        while true {
            do {
                try checkOwner()
                try makeTables()
                let pool = try DatabasePool(path: path, configuration: configuration)
                try pool.writeWithoutTransaction { database in
                    // GRDB's default is weaker with a write-ahead log, but an acknowledged enrollment must survive a
                    // power failure.
                    try database.execute(sql: "PRAGMA synchronous = FULL")
                }
                return pool
            } catch let error as DatabaseError
                where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) && ContinuousClock.now < deadline
            {
                usleep(UInt32.random(in: 2_000...20_000))
            }
        }
    }

    /// Checks an existing file before anything in it is changed.
    private func checkOwner() throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(patience)
        guard let status = SystemPath(path).status, status.size > 0 else { return }
        // A process that was killed while creating the store leaves a journal, which only a writer can undo.
        guard SystemPath(path + "-journal").status.map({ $0.size == 0 }) ?? true else { return }
        try DatabaseQueue(path: path, configuration: configuration).read(checkOwner)
    }

    private func checkOwner(_ database: Database) throws {
        let owner = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if owner != SQLiteStore.applicationID {
            // The first version created the table of versions in a separate transaction, and may have been killed after
            // it.
            let tables =
                try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> ?",
                    arguments: [StoreSchema.log]) ?? 0
            guard owner == 0, tables == 0 else { throw GalleryError.notAStore(path) }
        }
        guard try !StoreSchema.isNewer(database) else { throw GalleryError.newerStore(path) }
    }

    /// Creates missing tables, in one transaction.
    private func makeTables() throws {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.writeWithoutTransaction { database in
            guard try !StoreSchema.isCurrent(database) else { return }
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.inTransaction(.immediate) {
                // Another process may have created them first, or a journal may have restored older contents.
                try checkOwner(database)
                try StoreSchema.complete(database)
                return .commit
            }
        }
    }

    /// Returns a copy of the store in memory.
    private func copy() throws -> DatabaseQueue {
        let queue = try StoreCopy(path, patience: patience).open()
        try queue.writeWithoutTransaction { database in
            try checkOwner(database)
            guard try !StoreSchema.isCurrent(database) else { return }
            try database.inTransaction {
                try StoreSchema.complete(database)
                return .commit
            }
        }
        return queue
    }
}
