public import Foundation
import GRDB
public import Identities
import LikenessSupport
import Synchronization

/// A store of galleries in one SQLite file, which several processes may use at once.
///
/// The file is authoritative. An index in memory is built for each gallery at the first search, and follows the changes
/// of this and other processes. An enrollment is in the file's log, and the log is on the disk, before it is
/// acknowledged. The file, its log and its shared memory are created with mode 0600. Removed data are overwritten with
/// zeros, and the log is emptied.
///
/// ```swift
/// let store = try await SQLiteStore(at: URL(filePath: "people.sqlite"))   // created if it does not exist
/// let gallery = try await store.gallery("staff")
/// let ada = try await gallery.person("Ada Lovelace")
/// try await gallery.remove(ada.id)   // overwritten in the files
/// ```
public final class SQLiteStore: GalleryStore {
    /// The mode of access to a store.
    public enum Use: Hashable, Sendable {
        /// The store can be changed.
        case changing
        /// The store is only read, and follows the changes of other processes.
        case reading
        /// The store is read from a copy of its files in memory, because the files or their folder are not writable and
        /// SQLite can't keep its shared memory there.
        ///
        /// Changes made after it was opened are not visible.
        case readingCopy
    }

    /// The location of the store.
    public let url: URL
    /// The mode of access.
    public let use: Use
    /// The kind of values that searches read; the results are the same.
    public let scan: VectorScan

    let database: any DatabaseWriter
    private let indexes = Mutex<[Int64: GalleryIndex]>([:])

    /// Opens the store at `url` for changes, or creates one if the file does not exist.
    ///
    /// - Parameters:
    ///   - url: The file. Its folder must exist, because SQLite keeps two more files next to it.
    ///   - scan: The kind of values that searches read; the results are the same.
    ///   - patience: The longest wait for another process that locks the store, in seconds.
    /// - Throws: `GalleryError.notAStore`, `GalleryError.newerStore`, `GalleryError.readOnly`, `GalleryError.busy`,
    ///   `GalleryError.diskFull`, `GalleryError.damaged` or `GalleryError.unavailable`.
    public init(at url: URL, scan: VectorScan = .int8, patience: Double = 5) async throws {
        self.url = url
        self.scan = scan
        use = .changing
        let path = url.path
        database = try await Self.translating(path) {
            try await ThreadPool.waiting.run { try StoreFile(path, patience: patience).openOrMake() }
        }
    }

    /// Opens the existing store at `url` for reading.
    ///
    /// The file only has to be readable: it and its folder need not be writable, and the disk may be full. If they are
    /// not writable, the store is a copy in memory: see ``Use/readingCopy``.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - scan: The kind of values that searches read; the results are the same.
    ///   - patience: The longest wait for another process that locks the store, in seconds.
    /// - Throws: The errors of ``init(at:scan:patience:)``. Every change throws `GalleryError.readOnly`.
    public init(reading url: URL, scan: VectorScan = .int8, patience: Double = 5) async throws {
        self.url = url
        self.scan = scan
        let path = url.path
        (database, use) = try await Self.translating(path) {
            try await ThreadPool.waiting.run { try StoreFile(path, patience: patience).openToRead() }
        }
    }

    /// The store's file and the files that SQLite keeps next to it.
    public var files: [URL] { StoreFile.suffixes.map { URL(filePath: url.path + $0) } }

    /// Reads the whole file, and checks its consistency.
    ///
    /// - Throws: `GalleryError.damaged`.
    public func checkSoundness() async throws {
        try await reading { database in
            let found = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no result"
            guard found == "ok" else { throw StoreDamage(reason: found) }
        }
    }

    /// Overwrites removed data in the files: writes the log to the database, and truncates the log.
    ///
    /// Removing data does this automatically. It must be repeated only after `GalleryError.notScrubbed`, or if a
    /// process was killed while removing data.
    public func scrub() async throws {
        guard use == .changing else { throw GalleryError.readOnly(url.path) }
        do {
            try await database.writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
        } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
            throw GalleryError.notScrubbed(url.path)
        } catch let error as DatabaseError {
            throw GalleryError(error, path: url.path)
        }
    }

    func reading<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        try await Self.translating(url.path) { try await database.read(body) }
    }

    func writing<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        guard use == .changing else { throw GalleryError.readOnly(url.path) }
        return try await Self.translating(url.path) { try await database.write(body) }
    }

    /// Returns the gallery's index in memory, which may lag behind the file until its next search.
    func index(of gallery: GalleryInfo) -> GalleryIndex {
        indexes.withLock { indexes in
            if let known = indexes[gallery.id] { return known }
            let index = GalleryIndex(gallery, database: database, path: url.path, scan: scan)
            indexes[gallery.id] = index
            return index
        }
    }

    /// Erases removed data from a gallery's index at once.
    func forgetRemoved(from gallery: GalleryInfo) async throws {
        guard let index = indexes.withLock({ $0[gallery.id] }) else { return }
        try await Self.translating(url.path) { try await index.forgetRemoved() }
    }

    func dropIndex(of gallery: Int64) { indexes.withLock { $0[gallery] = nil } }

    /// SQLite's `application_id` in our files: "Lkns" in ASCII.
    static let applicationID: Int32 = 0x4C6B_6E73

    /// Converts the database's errors to this library's.
    static func translating<Value>(_ path: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            guard let translated = GalleryError(error, path: path) else { throw error }
            throw translated
        }
    }
}
