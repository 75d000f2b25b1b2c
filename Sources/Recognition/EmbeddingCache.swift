import Digests
public import Faces
public import Foundation
import GRDB

/// Embeddings that were made before, on disk: a second measurement on the same pictures is then instant.
///
/// An entry is found by the picture's content (SHA-256 of the file) and by everything that its embedding depends on:
/// the model's weights, template and preprocessing, the detector, the precision, the enhancement, which face was
/// chosen, whether the mirrored face was averaged, and what was done to the picture before. Safe to use from several tasks and processes.
public final class EmbeddingCache: Sendable {
    /// What is known about a picture.
    public struct Entry: Sendable, Hashable {
        /// How many faces were found.
        public var faceCount: Int
        /// The chosen face; `nil` where none was found.
        public var face: EmbeddedFace?

        /// An entry from its parts.
        public init(faceCount: Int, face: EmbeddedFace?) {
            self.faceCount = faceCount
            self.face = face
        }
    }

    private let database: DatabasePool
    private let recipe: String
    private let model: ModelIdentity

    /// The cache in `directory` of embeddings that `recognizer` makes of the faces that `selection` chooses.
    ///
    /// - Parameters:
    ///   - directory: A folder, made where it is not there; `nil` for the user's cache folder.
    ///   - recognizer: It must embed.
    ///   - selection: Which face stands for a picture; not all of them.
    public init(directory: URL? = nil, recognizer: Recognizer, selection: FaceSelection) throws {
        guard let embedder = recognizer.embedder else { preconditionFailure("the recognizer must embed") }
        precondition(selection != .all, "one face stands for a picture")
        let directory = directory ?? Cache.root
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let file = directory.appending(path: "embeddings.sqlite")
        // Embeddings tell faces apart: nobody else on the machine has a reason to read them. The file is there before
        // SQLite opens it, because its log takes its permissions over.
        let descriptor = open(file.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        chmod(file.path, 0o600)
        var configuration = Configuration()
        // Another process that measures the same pictures writes too: its turn is waited for, seconds long.
        configuration.busyMode = .timeout(60)
        database = try DatabasePool(path: file.path, configuration: configuration)
        model = embedder.card.identity
        recipe = Self.recipe(of: recognizer, card: embedder.card, selection: selection)
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
        // What was kept without a context is embedded anew: decisions look at the conditions too.
        migrator.registerMigration("2") { database in
            try database.execute(sql: "DELETE FROM embedding; ALTER TABLE embedding ADD COLUMN context BLOB")
        }
        try migrator.migrate(database)
    }

    private static func recipe(of recognizer: Recognizer, card: ModelCard, selection: FaceSelection) -> String {
        let configuration = recognizer.configuration
        return [
            card.identity.description, card.template?.description ?? "", card.input.normalization.rawValue,
            recognizer.pipelineIdentity, recognizer.precision, configuration.enhancement.rawValue, selection.rawValue,
            configuration.averagesMirrored ? "mirrored" : "plain", "context \(ContextVector.version)",
        ].joined(separator: " ")
    }

    /// The entry for a picture with these bytes, if there is one.
    ///
    /// - Parameter alteration: The ``PictureAlteration/identity`` of what was done to the picture first; `nil` for nothing.
    public func entry(for bytes: [UInt8], altered alteration: String? = nil) throws -> Entry? {
        let key = try Self.key(bytes), recipe = recipe(altered: alteration)
        return try database.read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT faceCount, vector, context FROM embedding WHERE content = ? AND recipe = ?",
                    arguments: [key, recipe])
            else { return nil }
            let faceCount: Int = row["faceCount"], vector: Data? = row["vector"], context: Data? = row["context"]
            guard let vector, let context else { return Entry(faceCount: faceCount, face: nil) }
            // A row that another version wrote is none of ours.
            guard let seen = ContextVector(values: Self.floats(context)) else { return nil }
            return Entry(
                faceCount: faceCount,
                face: EmbeddedFace(embedding: try Embedding(unit: Self.floats(vector), model: model), context: seen))
        }
    }

    /// Keeps `entry` for a picture with these bytes, altered as ``entry(for:altered:)`` says.
    public func store(_ entry: Entry, for bytes: [UInt8], altered alteration: String? = nil) throws {
        let key = try Self.key(bytes), recipe = recipe(altered: alteration)
        let vector = entry.face.map { Self.data($0.embedding.values) }
        let context = entry.face.map { Self.data($0.context.values) }
        try database.write { database in
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO embedding (content, recipe, faceCount, vector, context) VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [key, recipe, entry.faceCount, vector, context])
        }
    }

    private func recipe(altered alteration: String?) -> String {
        alteration.map { "\(recipe) altered \($0)" } ?? recipe
    }

    private static func data(_ values: [Float]) -> Data { values.withUnsafeBytes { Data($0) } }

    private static func floats(_ data: Data) -> [Float] {
        data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    private static func key(_ bytes: [UInt8]) throws -> Data { try SHA256(of: bytes).bytes }
}
