public import Faces
public import Foundation
import GRDB
import LikenessSupport
public import Pixels
import Synchronization

/// A cache of embeddings on disk. It makes a second measurement on the same pictures fast.
///
/// An entry is identified by the picture's content (the SHA-256 of the file) and by everything its embedding depends
/// on: the model's weights, template and preprocessing, the detector, the precision, the enhancement, the choice of
/// face, whether the mirrored face was averaged, and the alteration of the picture. The cache is safe to use from
/// several tasks and processes.
///
/// A damaged cache is replaced by a new one, and a cache that can't be written to is no longer used; ``remark`` says
/// so. An entry from which no embedding can be restored is ignored.
public final class EmbeddingCache: Sendable {
    /// The cached result for one picture.
    public struct Entry: Sendable, Hashable {
        /// The number of faces found.
        public var faceCount: Int
        /// The chosen face; `nil` if no face was found.
        public var face: EmbeddedFace?
        /// Minor defects of the picture's file. Results with remarks are never cached, so that the remarks are reported
        /// every time.
        public var remarks: [ImageRemark]

        /// Creates an entry from its parts.
        public init(faceCount: Int, face: EmbeddedFace?, remarks: [ImageRemark] = []) {
            self.faceCount = faceCount
            self.face = face
            self.remarks = remarks
        }
    }

    static let fileName = "embeddings.sqlite"
    /// The suffixes of SQLite's files, which are appended to the name of the database file.
    static let suffixes = ["", "-wal", "-shm", "-journal"]

    private let file: URL
    private let database: DatabasePool
    private let recipe: String
    private let model: ModelIdentity
    private let dimension: Int
    /// The reason why the cache is not used or was replaced.
    private let trouble = Mutex<(text: String, isUsable: Bool)?>(nil)

    /// Opens the cache in `directory` for the embeddings that `recognizer` computes of the faces chosen by `selection`.
    ///
    /// - Parameters:
    ///   - directory: A folder, which is created if it doesn't exist; `nil` for the user's cache folder.
    ///   - recognizer: The recognizer that computes the embeddings.
    ///   - selection: The face that represents a picture; must not be `.all`.
    /// - Throws: ``RecognitionError/cacheUnusable(_:reason:)`` if the folder or the file can't be created or opened.
    public init(directory: URL? = nil, recognizer: Recognizer, selection: FaceSelection) throws {
        precondition(selection != .all, "exactly one face represents a picture")
        file = (directory ?? Cache.root).appending(path: Self.fileName)
        model = recognizer.embedder.card.identity
        dimension = recognizer.embedder.dimension
        recipe = Self.recipe(of: recognizer, selection: selection)
        let remark: String?
        do {
            (database, remark) = try Self.openOrRenew(file)
        } catch let error as DatabaseError {
            throw RecognitionError.cacheUnusable(file.path, reason: error.message ?? "\(error.resultCode)")
        } catch {
            throw RecognitionError.cacheUnusable(file.path, reason: Reason.text(of: error))
        }
        trouble.withLock { $0 = remark.map { ($0, true) } }
        _ = try attempt {
            try database.write { database in
                try database.execute(
                    sql: "INSERT OR REPLACE INTO use (recipe, last) VALUES (?, ?)",
                    arguments: [recipe, Date().timeIntervalSince1970])
            }
        }
    }

    /// A remark for the user, if any: the cache was damaged, or can't be written to.
    public var remark: String? { trouble.withLock { $0?.text } }

    /// Opens the database, or replaces it by a new one if it is damaged; returns it with the remark to report.
    private static func openOrRenew(_ file: URL) throws -> (DatabasePool, String?) {
        do {
            return (try open(file), nil)
        } catch let error as DatabaseError where isDamage(error) {
            remove(file)
            return (try open(file), renewed(file, error))
        }
    }

    private static func open(_ file: URL) throws -> DatabasePool {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        // Embeddings identify people, so the file is readable only by its owner. It is created before SQLite opens it,
        // because SQLite's log inherits its permissions.
        // An existing file is not opened: closing it would release the locks that this process holds on it.
        _ = try? SystemPath(file.path).createPrivate()
        for suffix in suffixes { try? SystemPath(file.path + suffix).setPermissions(0o600) }
        var configuration = Configuration()
        // Another process that measures the same pictures may be writing; wait for it, up to a minute.
        configuration.busyMode = .timeout(60)
        configuration.prepareDatabase { database in
            // Replaced and deleted content is overwritten, and nothing is written to temporary files.
            try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY")
        }
        let database = try DatabasePool(path: file.path, configuration: configuration)
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE embedding (
                        content BLOB NOT NULL, recipe TEXT NOT NULL, faceCount INTEGER NOT NULL, vector BLOB,
                        PRIMARY KEY (content, recipe)
                    ) WITHOUT ROWID
                    """)
        }
        // Entries without a context are deleted and computed again: decisions depend on the conditions too.
        migrator.registerMigration("2") { database in
            try database.execute(sql: "DELETE FROM embedding; ALTER TABLE embedding ADD COLUMN context BLOB")
        }
        // Stored next to the twelve numbers of the context. Older entries have a different recipe if the probability is
        // known.
        migrator.registerMigration("3") { database in
            try database.execute(sql: "ALTER TABLE embedding ADD COLUMN childProbability REAL")
        }
        // A flipped bit leaves a vector that still looks valid, so each row has a checksum.
        migrator.registerMigration("checksums") { database in
            try database.execute(sql: "DELETE FROM embedding; ALTER TABLE embedding ADD COLUMN checksum BLOB")
        }
        migrator.registerMigration("use") { database in
            try database.execute(sql: "CREATE TABLE use (recipe TEXT PRIMARY KEY, last REAL NOT NULL) WITHOUT ROWID")
        }
        // Older entries have a different recipe if the quality is known.
        migrator.registerMigration("quality") { database in
            try database.execute(sql: "DELETE FROM embedding; ALTER TABLE embedding ADD COLUMN quality REAL")
        }
        try migrator.migrate(database)
        return database
    }

    // MARK: Damage

    /// Returns whether the file, rather than the system, is at fault: not a database, damaged, or with other tables.
    private static func isDamage(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_FORMAT].contains(error.resultCode)
    }

    /// Removes the file and its logs. Their content can be computed again.
    private static func remove(_ file: URL) {
        for suffix in suffixes { try? SystemPath(file.path + suffix).remove() }
    }

    private static func renewed(_ file: URL, _ error: DatabaseError) -> String {
        "the cache of embeddings \(file.path) was damaged (\(error.message ?? "\(error.resultCode)")): a new one is made"
    }

    /// Runs `work` on the database. If that fails, the cache is no longer used, and the pictures are processed without
    /// it.
    private func attempt<Value>(_ work: () throws -> Value?) throws -> Value? {
        guard trouble.withLock({ $0?.isUsable ?? true }) else { return nil }
        do {
            return try work()
        } catch let error as DatabaseError {
            trouble.withLock { trouble in
                guard trouble?.isUsable ?? true else { return }
                guard Self.isDamage(error) else {
                    let reason = error.message ?? "\(error.resultCode)"
                    trouble = ("the cache of embeddings \(file.path) is not used: \(reason)", false)
                    return
                }
                Self.remove(file)
                trouble = (Self.renewed(file, error) + " by the next run", false)
            }
            return nil
        }
    }

    private static func recipe(of recognizer: Recognizer, selection: FaceSelection) -> String {
        let finder = recognizer.finder, embedder = recognizer.embedder
        return [
            embedder.card.identity.description, embedder.template.description, embedder.card.inputIdentity,
            finder.pipelineIdentity, recognizer.precision, finder.configuration.enhancement.rawValue,
            selection.rawValue,
            embedder.averagesMirrored ? "mirrored" : "plain", "context \(ContextVector.version)",
        ].joined(separator: " ")
    }

    /// Returns the entry for a picture with these bytes, or `nil` if there is none.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the picture's file.
    ///   - alteration: The ``PictureAlteration/identity`` of the alteration applied to the picture first; `nil` for
    ///     none.
    public func entry(for bytes: [UInt8], altered alteration: String? = nil) throws -> Entry? {
        let key = try Self.key(bytes), recipe = recipe(altered: alteration)
        return try attempt {
            try database.read { database in
                guard
                    let row = try Row.fetchOne(
                        database,
                        sql: """
                            SELECT faceCount, vector, context, childProbability, quality, checksum FROM embedding
                            WHERE content = ? AND recipe = ?
                            """,
                        arguments: [key, recipe])
                else { return nil }
                return try entry(row, key, recipe)
            }
        }
    }

    /// Returns the entry stored in a row; `nil` if the row was written by another version or is damaged.
    private func entry(_ row: Row, _ key: Data, _ recipe: String) throws -> Entry? {
        let stored: [DatabaseValue] = [
            row["faceCount"], row["vector"], row["context"], row["childProbability"], row["quality"],
        ]
        guard let checksum = Data.fromDatabaseValue(row["checksum"]),
            try checksum == Self.checksum(key, recipe, stored)
        else { return nil }
        guard let faceCount = Int.fromDatabaseValue(stored[0]), faceCount >= 0 else { return nil }
        if stored[1].isNull, stored[2].isNull { return Entry(faceCount: faceCount, face: nil) }
        guard let vector = Data.fromDatabaseValue(stored[1]), let context = Data.fromDatabaseValue(stored[2]),
            let numbers = Self.floats(vector), numbers.count == dimension,
            let embedding = try? Embedding(unit: numbers, model: model),
            var seen = Self.floats(context).flatMap(ContextVector.init(values:)),
            let child = Self.share(stored[3]), let quality = Self.share(stored[4])
        else { return nil }
        (seen.childProbability, seen.quality) = (child, quality)
        return Entry(faceCount: faceCount, face: EmbeddedFace(embedding: embedding, context: seen))
    }

    /// Returns a stored number from 0 to 1, which may be unknown; `nil` if it is damaged.
    private static func share(_ stored: DatabaseValue) -> Float?? {
        if stored.isNull { return .some(nil) }
        guard let value = Double.fromDatabaseValue(stored), (0...1).contains(value) else { return nil }
        return .some(Float(value))
    }

    /// Stores `entry` for a picture with these bytes and this alteration (see ``entry(for:altered:)``). Does nothing if
    /// the entry has remarks.
    public func store(_ entry: Entry, for bytes: [UInt8], altered alteration: String? = nil) throws {
        guard entry.remarks.isEmpty else { return }
        let key = try Self.key(bytes), recipe = recipe(altered: alteration)
        let vector = entry.face.map { Self.data($0.embedding.values) }
        let context = entry.face.map { Self.data($0.context.values) }
        let child = entry.face?.context.childProbability.map { Double($0) }
        let quality = entry.face?.context.quality.map { Double($0) }
        let stored = [
            entry.faceCount.databaseValue, vector.databaseValue, context.databaseValue, child.databaseValue,
            quality.databaseValue,
        ]
        let checksum = try Self.checksum(key, recipe, stored)
        _ = try attempt {
            try database.write { database in
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO embedding
                            (content, recipe, faceCount, vector, context, childProbability, quality, checksum)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [key, recipe, entry.faceCount, vector, context, child, quality, checksum])
            }
        }
    }

    private func recipe(altered alteration: String?) -> String {
        alteration.map { "\(recipe) altered \($0)" } ?? recipe
    }

    /// Returns the checksum of a row: 16 bytes.
    private static func checksum(_ key: Data, _ recipe: String, _ stored: [DatabaseValue]) throws -> Data {
        var text = key + Data(recipe.utf8)
        for value in stored {
            let bytes = Data.fromDatabaseValue(value) ?? Data("\(value)".utf8)
            text += Data("|\(bytes.count)|".utf8) + bytes
        }
        return try SHA256(of: text).bytes.prefix(16)
    }

    private static func data(_ values: [Float]) -> Data { values.withUnsafeBytes { Data($0) } }

    private static func floats(_ data: Data) -> [Float]? {
        let size = MemoryLayout<Float>.size
        guard data.count % size == 0 else { return nil }
        return data.withUnsafeBytes { bytes in
            stride(from: 0, to: data.count, by: size).map { bytes.loadUnaligned(fromByteOffset: $0, as: Float.self) }
        }
    }

    private static func key(_ bytes: [UInt8]) throws -> Data { try SHA256(of: bytes).bytes }
}
