import Foundation
import GRDB
import Identities

/// A store's file on its way to being open.
struct StoreFile {
    let path: String
    /// Seconds to wait for another process.
    let patience: Double

    init(_ path: String, patience: Double) {
        self.path = path
        self.patience = patience
    }

    /// What SQLite's own files are called, after the store's name.
    static let suffixes = ["", "-wal", "-shm", "-journal"]

    /// Opens the store for changes; makes one where there is no file.
    func openOrMake() throws -> any DatabaseWriter {
        try checkKind()
        try PrivateFile.create(path)
        guard access(path, W_OK) == 0, canKeepFilesBeside() else { throw GalleryError.readOnly(path) }
        return try open()
    }

    /// Returns whether SQLite can keep its log and its shared memory beside the store, or they are there already.
    private func canKeepFilesBeside() -> Bool {
        access(URL(filePath: path).deletingLastPathComponent().path, W_OK) == 0
            || ["-wal", "-shm"].allSatisfy { access(path + $0, W_OK) == 0 }
    }

    /// Opens the store to read it; from a copy in memory where it can't be opened otherwise.
    func openToRead() throws -> (any DatabaseWriter, SQLiteStore.Use) {
        try checkKind()
        guard let status = PrivateFile.status(path) else {
            throw GalleryError.unavailable(path, reason: "there is no such file, or its folder can't be read")
        }
        // An empty file is a store that is being made, or that nothing was ever written to: reading makes nothing of it.
        if status.st_size > 0, access(path, W_OK) == 0, canKeepFilesBeside() {
            do {
                return (try open(), .reading)
            } catch {
                guard Self.isInTheWayOfWritingOnly(error) else { throw error }
            }
        }
        return (try copy(), .readingCopy)
    }

    /// Returns whether an error of opening for changes says nothing against reading: no room, no right, or a lock.
    private static func isInTheWayOfWritingOnly(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM, .SQLITE_BUSY: true
        default: false
        }
    }

    private func checkKind() throws {
        guard let status = PrivateFile.status(path), !PrivateFile.isRegular(status) else { return }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        throw GalleryError.unavailable(path, reason: isFolder ? "it is a folder" : "it is not a regular file")
    }

    /// The settings of a connection that may change the store.
    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            // Freed bytes are overwritten with zeros, and nothing is written to temporary files.
            try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    /// Opens the file, which is there. Processes that open a new store at once wait for each other: SQLite answers some
    /// of what is asked here with "busy" at once, however long it was told to wait.
    private func open() throws -> any DatabaseWriter {
        let deadline = ContinuousClock.now + .seconds(patience)
        while true {
            do {
                try checkOwner()
                try makeTables()
                let pool = try DatabasePool(path: path, configuration: configuration)
                try pool.writeWithoutTransaction { database in
                    // GRDB asks for less with a write-ahead log; an acknowledged enrollment must outlive a loss of power.
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

    /// Looks at a file that is there before anything is changed in it.
    private func checkOwner() throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(patience)
        guard let status = PrivateFile.status(path), status.st_size > 0 else { return }
        // A process that was killed while it made the store leaves a journal, which only a writer can undo.
        guard PrivateFile.status(path + "-journal").map({ $0.st_size == 0 }) ?? true else { return }
        try DatabaseQueue(path: path, configuration: configuration).read(checkOwner)
    }

    private func checkOwner(_ database: Database) throws {
        let owner = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if owner != SQLiteStore.applicationID {
            // The first version made the list of versions in a transaction of its own, and may have been killed then.
            let tables =
                try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> ?",
                    arguments: [StoreSchema.log]) ?? 0
            guard owner == 0, tables == 0 else { throw GalleryError.notAStore(path) }
        }
        guard try !StoreSchema.isNewer(database) else { throw GalleryError.newerStore(path) }
    }

    /// Makes what is missing of the tables, in one transaction.
    private func makeTables() throws {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.writeWithoutTransaction { database in
            guard try !StoreSchema.isCurrent(database) else { return }
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.inTransaction(.immediate) {
                // Another process may have been quicker, or the file may hold what a journal has brought back.
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
