public import Foundation
import GRDB
import Likeness

/// The server's own SQLite file: keys and answered requests. Galleries are in their own store.
public final class ServerDatabase: Sendable {
    let queue: DatabaseQueue

    /// Opens the file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - creates: Whether it is created if it does not exist, readable for its owner only.
    /// - Throws: ``ServerError/noDatabase(_:)`` or ``ServerError/databaseFailed(_:)``.
    public init(at file: URL, creates: Bool = true) throws(ServerError) {
        let path = file.path
        if !FileManager.default.fileExists(atPath: path) {
            guard creates else { throw .noDatabase(path) }
            // The file gets its permissions before anything is in it.
            guard
                FileManager.default.createFile(
                    atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw .databaseFailed("\(path) can't be created; check the folder and its permissions") }
        }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try Self.migrator.migrate(queue)
        } catch let error as DatabaseError {
            throw .databaseFailed("\(path): \(error.message ?? "SQLite's error \(error.resultCode.rawValue)")")
        } catch {
            throw .databaseFailed("\(path): \(ForeignError.translating(error).problem)")
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE key (
                        id TEXT PRIMARY KEY,
                        name TEXT NOT NULL,
                        digest BLOB NOT NULL,
                        role TEXT NOT NULL,
                        gallery TEXT,
                        created INTEGER NOT NULL,
                        expires INTEGER,
                        revoked INTEGER
                    );
                    CREATE TABLE answered (
                        caller TEXT NOT NULL,
                        key TEXT NOT NULL,
                        request BLOB NOT NULL,
                        process TEXT NOT NULL,
                        created INTEGER NOT NULL,
                        status INTEGER,
                        body BLOB,
                        PRIMARY KEY (caller, key)
                    );
                    CREATE INDEX answered_by_time ON answered (created);
                    """)
        }
        return migrator
    }

    /// Runs `body` in a transaction, away from Swift's threads.
    func writing<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await queue.write(body)
        } catch let error as DatabaseError {
            throw ServerError.databaseFailed(error.message ?? "SQLite's error \(error.resultCode.rawValue)")
        }
    }

    /// Reads, away from Swift's threads.
    func reading<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await queue.read(body)
        } catch let error as DatabaseError {
            throw ServerError.databaseFailed(error.message ?? "SQLite's error \(error.resultCode.rawValue)")
        }
    }
}
