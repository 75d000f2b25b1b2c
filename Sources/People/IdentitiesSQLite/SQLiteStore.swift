public import Foundation
import GRDB
public import Identities
import LikenessSupport
import Synchronization

/// Galleries in one SQLite file, which several processes may use at once.
///
/// The file is the truth; an index in memory for each gallery is made from it at the first search, and follows what
/// this process and others change. An enrollment is in the file's log, and the log on the disk, before it is
/// acknowledged. The file, its log and its shared memory are made with mode 0600. What is removed is overwritten with
/// zeros, and the log is emptied.
public final class SQLiteStore: GalleryStore {
    /// How a store is used.
    public enum Use: Hashable, Sendable {
        /// The store may be changed.
        case changing
        /// The store is only read, and follows what others change.
        case reading
        /// A copy in memory of the store's files is read, because they or their folder can't be written to: SQLite can't
        /// keep its shared memory there. What others change after the store was opened is not in it.
        case readingCopy
    }

    /// Where the store is.
    public let url: URL
    /// How it is used.
    public let use: Use
    /// Which numbers searches read; the results are the same.
    public let scan: VectorScan

    let database: any DatabaseWriter
    private let indexes = Mutex<[Int64: GalleryIndex]>([:])

    /// Opens the store at `url` for changes, or makes one where there is no file.
    ///
    /// - Parameters:
    ///   - url: The file; its folder must exist, because SQLite keeps two more files beside it.
    ///   - scan: Which numbers searches read; the results are the same.
    ///   - patience: Seconds to wait for another process that keeps the store locked.
    /// - Throws: ``GalleryError/notAStore(_:)``, ``GalleryError/newerStore(_:)``, ``GalleryError/readOnly(_:)``,
    ///   ``GalleryError/busy(_:)``, ``GalleryError/diskFull(_:)``, ``GalleryError/damaged(_:reason:)`` or
    ///   ``GalleryError/unavailable(_:reason:)``.
    public init(at url: URL, scan: VectorScan = .int8, patience: Double = 5) async throws {
        self.url = url
        self.scan = scan
        use = .changing
        let path = url.path
        database = try await Self.translating(path) {
            try await ThreadPool.waiting.run { try StoreFile(path, patience: patience).openOrMake() }
        }
    }

    /// Opens the store at `url`, which must exist, to read it.
    ///
    /// Nothing is asked of the file but that it can be read: not that it or its folder can be written to, nor that the
    /// disk has room. Where they can't be written to, the store is a copy in memory: see ``Use/readingCopy``.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - scan: Which numbers searches read; the results are the same.
    ///   - patience: Seconds to wait for another process that keeps the store locked.
    /// - Throws: As ``init(at:scan:patience:)``; every change throws ``GalleryError/readOnly(_:)``.
    public init(reading url: URL, scan: VectorScan = .int8, patience: Double = 5) async throws {
        self.url = url
        self.scan = scan
        let path = url.path
        (database, use) = try await Self.translating(path) {
            try await ThreadPool.waiting.run { try StoreFile(path, patience: patience).openToRead() }
        }
    }

    /// The store's file and what SQLite keeps beside it.
    public var files: [URL] { StoreFile.suffixes.map { URL(filePath: url.path + $0) } }

    /// Reads the whole file, and makes sure that its parts fit together.
    ///
    /// - Throws: ``GalleryError/damaged(_:reason:)``.
    public func checkSoundness() async throws {
        try await reading { database in
            let found = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "nothing was found"
            guard found == "ok" else { throw StoreDamage(reason: found) }
        }
    }

    /// Overwrites in the files what was removed: empties the log into the database, and truncates it.
    ///
    /// Removing does this by itself; it is to be repeated only after ``GalleryError/notScrubbed(_:)``, or where the
    /// process that removed something was killed.
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

    /// The gallery's index in memory; it may be behind the file until its next search.
    func index(of gallery: GalleryInfo) -> GalleryIndex {
        indexes.withLock { indexes in
            if let known = indexes[gallery.id] { return known }
            let index = GalleryIndex(gallery, database: database, path: url.path, scan: scan)
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

    /// What SQLite's `application_id` says in our files: 'Lkns' in ASCII.
    static let applicationID: Int32 = 0x4C6B_6E73

    /// Turns the database's errors into this library's.
    static func translating<Value>(_ path: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            guard let translated = GalleryError(error, path: path) else { throw error }
            throw translated
        }
    }
}
