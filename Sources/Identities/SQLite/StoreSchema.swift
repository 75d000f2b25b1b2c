import GRDB

/// The tables of a store, version by version.
///
/// A gallery's `revision` grows with every change to its templates. A template bears the revision that put it where it
/// is, and a removed one leaves its number and the revision in `removal`: so an index in memory finds what has changed
/// since it looked last. Nothing else of a removed template stays.
enum StoreSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: "PRAGMA application_id = \(SQLiteStore.applicationID)")
            try database.execute(sql: first)
        }
        return migrator
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
