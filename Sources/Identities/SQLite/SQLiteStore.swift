public import Foundation
import GRDB
import Synchronization

/// Galleries in one SQLite file, which several processes may use at once.
///
/// The file is the truth; an index in memory for each gallery is made from it at the first search, and follows what
/// this process and others change. An enrollment is in the file's log, and the log on the disk, before it is
/// acknowledged. The file, its log and its shared memory are made with mode 0600. What is removed is overwritten with
/// zeros, and the log is emptied.
public final class SQLiteStore: GalleryStore {
    /// Where the store is.
    public let url: URL
    let pool: DatabasePool
    private let indexes = Mutex<[Int64: GalleryIndex]>([:])

    /// Which numbers searches read; the results are the same.
    public let scan: VectorScan

    /// Opens the store at `url`, or makes one where there is no file.
    ///
    /// - Parameters:
    ///   - url: The file; its folder must exist, because SQLite keeps two more files beside it.
    ///   - scan: Which numbers searches read; the results are the same.
    ///   - patience: Seconds to wait for another process that keeps the store locked.
    /// - Throws: ``GalleryError/notAStore(_:)``, ``GalleryError/newerStore(_:)`` or ``GalleryError/unavailable(_:reason:)``.
    public init(at url: URL, scan: VectorScan = .int8, patience: Double = 5) async throws {
        self.url = url
        self.scan = scan
        let path = url.path
        try Self.checkFile(path)
        try PrivateFile.create(path)
        pool = try await Self.translating(path) {
            try Self.checkOwner(path, patience: patience)
            let pool = try DatabasePool(path: path, configuration: Self.configuration(patience: patience))
            try Self.migrate(pool)
            return pool
        }
    }

    /// Overwrites in the files what was removed: empties the log into the database, and truncates it.
    ///
    /// Removing does this by itself; it is to be repeated only after ``GalleryError/notScrubbed(_:)``.
    public func scrub() async throws {
        do {
            try await pool.writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
        } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
            throw GalleryError.notScrubbed(url.path)
        } catch let error as DatabaseError {
            throw GalleryError(error, path: url.path)
        }
    }

    func reading<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        try await Self.translating(url.path) { try await pool.read(body) }
    }

    func writing<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        try await Self.translating(url.path) { try await pool.write(body) }
    }

    /// The gallery's index in memory; it may be behind the file until its next search.
    func index(of gallery: GalleryInfo) -> GalleryIndex {
        indexes.withLock { indexes in
            if let known = indexes[gallery.id] { return known }
            let index = GalleryIndex(gallery, pool: pool, scan: scan)
            indexes[gallery.id] = index
            return index
        }
    }

    /// Lets a gallery's index forget at once what the file no longer holds.
    func forgetRemoved(from gallery: GalleryInfo) async throws {
        guard let index = indexes.withLock({ $0[gallery.id] }) else { return }
        try await Self.translating(url.path) { try await index.forgetRemoved() }
    }

    func dropIndex(of gallery: Int64) { indexes.withLock { $0[gallery] = nil } }
}

// MARK: Opening

extension SQLiteStore {
    /// What SQLite's `application_id` says in our files: 'Lkns' in ASCII.
    static let applicationID: Int32 = 0x4C6B_6E73

    private static func configuration(patience: Double) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            // Freed bytes are overwritten with zeros, and nothing is written to temporary files.
            try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    private static func checkFile(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return }
        throw GalleryError.unavailable(path, reason: "it is a folder")
    }

    /// Looks at a file that is there before anything is changed in it.
    private static func checkOwner(_ path: String, patience: Double) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(patience)
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        guard size > 0 else { return }
        try DatabaseQueue(path: path, configuration: configuration).read { database in
            let owner = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            if owner == applicationID { return }
            // A process that is making the store, or was killed while it did, leaves a database that is empty but
            // for the list of migrations, which is made in a transaction of its own.
            let tables =
                try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
            guard owner == 0, tables == 0 else { throw GalleryError.notAStore(path) }
        }
    }

    private static func migrate(_ pool: DatabasePool) throws {
        let migrator = StoreSchema.migrator
        let newer = try pool.read { try migrator.hasBeenSuperseded($0) }
        guard !newer else { throw GalleryError.newerStore(pool.path) }
        try pool.writeWithoutTransaction { database in
            // GRDB asks for less with a write-ahead log; an acknowledged enrollment must outlive a loss of power.
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        if try pool.read({ try !migrator.hasCompletedMigrations($0) }) { try migrator.migrate(pool) }
    }

    /// Turns the database's errors into this library's.
    static func translating<Value>(_ path: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw GalleryError(error, path: path)
        } catch let error as CocoaError {
            throw GalleryError.unavailable(path, reason: error.localizedDescription)
        }
    }
}
