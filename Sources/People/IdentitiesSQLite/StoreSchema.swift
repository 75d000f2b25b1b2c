import Foundation
import GRDB
import Identities

/// The tables of a store, version by version.
///
/// A gallery's `revision` increases with every change to its templates. A template has the revision of its last change.
/// A removed template leaves only its id and the revision in `removal`. An index in memory uses the revisions to find
/// the changes since its last update.
enum StoreSchema {
    /// The versions in order.
    ///
    /// Names and changes of existing versions must never be altered.
    private static let versions: [(name: String, change: @Sendable (Database) throws -> Void)] = [
        (
            "1",
            { database in
                try database.execute(sql: "PRAGMA application_id = \(SQLiteStore.applicationID)")
                try database.execute(sql: first)
            }
        ),
        ("2", normalizeNames),
    ]

    /// Returns whether a newer version of Likeness has changed the tables.
    static func isNewer(_ database: Database) throws -> Bool {
        !(try applied(database).isSubset(of: versions.map(\.name)))
    }

    /// Returns whether the tables are those of this version.
    static func isCurrent(_ database: Database) throws -> Bool {
        try applied(database).isSuperset(of: versions.map(\.name))
    }

    /// Creates missing tables in one transaction, so that processes that open a new store at the same time find all of
    /// them or none.
    static func complete(_ database: Database) throws {
        try database.execute(
            sql: "CREATE TABLE IF NOT EXISTS \(log) (identifier TEXT NOT NULL PRIMARY KEY)")
        let applied = try applied(database)
        for version in versions where !applied.contains(version.name) {
            try version.change(database)
            try database.execute(sql: "INSERT INTO \(log) (identifier) VALUES (?)", arguments: [version.name])
        }
    }

    /// The table of applied versions, named as by GRDB's migrator, which created the first stores.
    static let log = "grdb_migrations"

    private static func applied(_ database: Database) throws -> Set<String> {
        guard try database.tableExists(log) else { return [] }
        return try String.fetchSet(database, sql: "SELECT identifier FROM \(log)")
    }

    /// Version 2: normalizes names to form C.
    ///
    /// Two people whose names become equal stay separate, and are distinguished by id. A gallery whose name is already
    /// in use gets a number appended.
    private static func normalizeNames(_ database: Database) throws {
        try normalize("person", key: "key", database) { _ in false }
        try normalize("gallery", key: "id", database) { name in
            try Bool.fetchOne(database, sql: "SELECT count(*) FROM gallery WHERE name = ?", arguments: [name]) ?? false
        }
    }

    private static func normalize(
        _ table: String, key: String, _ database: Database, isTaken: (String) throws -> Bool
    ) throws {
        let rows = try Row.fetchAll(database, sql: "SELECT \(key), name, CAST(name AS BLOB) AS bytes FROM \(table)")
        for row in rows {
            let number = try row.decode(Int64.self, forColumn: key)
            let old = try row.decode(String.self, forColumn: "name")
            var name = GalleryName.normalized(old)
            // A blank name is kept, because there is no better one.
            guard !name.isEmpty, try row.decode(Data.self, forColumn: "bytes") != Data(name.utf8) else { continue }
            let base = name
            var count = 2
            while try isTaken(name) {
                name = "\(base) (\(count))"
                count += 1
            }
            try database.execute(sql: "UPDATE \(table) SET name = ? WHERE \(key) = ?", arguments: [name, number])
        }
    }

    // Times are milliseconds since 1970; vectors are little-endian 32-bit floats; metadata and context are JSON.
    private static let first = """
        CREATE TABLE gallery (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            model TEXT NOT NULL,
            contract TEXT NOT NULL,
            dimension INTEGER NOT NULL,
            created INTEGER NOT NULL,
            revision INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE person (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            gallery INTEGER NOT NULL REFERENCES gallery ON DELETE CASCADE,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            metadata TEXT NOT NULL,
            created INTEGER NOT NULL,
            UNIQUE (gallery, id)
        );
        CREATE INDEX person_by_name ON person (gallery, name, id);
        CREATE TABLE template (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            gallery INTEGER NOT NULL REFERENCES gallery ON DELETE CASCADE,
            person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
            revision INTEGER NOT NULL,
            label TEXT,
            digest TEXT,
            context TEXT,
            created INTEGER NOT NULL,
            vector BLOB NOT NULL
        );
        CREATE INDEX template_by_revision ON template (gallery, revision);
        CREATE INDEX template_by_person ON template (person);
        CREATE TABLE removal (
            template INTEGER PRIMARY KEY,
            gallery INTEGER NOT NULL REFERENCES gallery ON DELETE CASCADE,
            revision INTEGER NOT NULL
        );
        CREATE INDEX removal_by_revision ON removal (gallery, revision);
        """
}
