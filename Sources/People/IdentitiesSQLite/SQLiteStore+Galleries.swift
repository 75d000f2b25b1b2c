public import Faces
import Foundation
import GRDB
public import Identities

extension SQLiteStore {
    /// Returns all galleries, by name.
    public func galleries() async throws -> [GalleryInfo] {
        try await reading { try GalleryInfo.fetch($0, "ORDER BY name") }
    }

    /// Returns the gallery with this name.
    public func info(of name: String) async throws -> GalleryInfo {
        try await reading { try Self.info(of: name, $0) }
    }

    /// Creates an empty gallery.
    public func make(_ name: String, model: ModelIdentity, dimension: Int) async throws -> GalleryInfo {
        try await writing { try Self.insertGallery(name, model: model, dimension: dimension, $0) }
    }

    /// Returns the gallery with this name.
    ///
    /// It is created if it does not exist. An empty gallery of another model is replaced.
    public func findOrMake(_ name: String, model: ModelIdentity, dimension: Int) async throws -> GalleryInfo {
        try await writing { database in
            if let found = try GalleryInfo.fetch(database, "WHERE name = ?", [name]).first {
                guard found.model != model, try Self.size(of: found, database).isEmpty else { return found }
                // The new gallery has another id, so a process that has the old one open gets "no such gallery".
                try database.execute(sql: "DELETE FROM gallery WHERE id = ?", arguments: [found.id])
            }
            return try Self.insertGallery(name, model: model, dimension: dimension, database)
        }
    }

    /// Creates a gallery from an exported one, in one transaction.
    public func make(_ name: String, from export: GalleryExport) async throws -> GalleryInfo {
        let gallery = try await writing { database in
            let gallery = try Self.insertGallery(
                name, model: export.header.model, dimension: export.header.dimension, database)
            let revision = try Self.advance(gallery, database)
            try export.forEach { entry in
                let person = try Self.insertPerson(
                    entry.id, name: entry.name, metadata: entry.metadata, created: entry.created, gallery, database)
                for template in entry.templates {
                    try Self.insertTemplate(template, person: person, revision: revision, gallery, database)
                }
            }
            return gallery
        }
        // The log is now as large as the gallery. If another process is reading it, a later change will empty it.
        try? await scrub()
        return gallery
    }

    /// Renames a gallery.
    public func renameGallery(_ name: String, to newName: String) async throws {
        let name = GalleryName.normalized(name)
        let newName = try GalleryName.checked(newName, of: GalleryInfo.nameOfGallery)
        try await writing { database in
            let gallery = try Self.info(of: name, database)
            guard name != newName else { return }
            try Self.checkFree(newName, database)
            try database.execute(
                sql: "UPDATE gallery SET name = ? WHERE id = ?", arguments: [newName, gallery.id])
        }
    }

    /// Removes a gallery with its contents, and overwrites its data in the files.
    public func removeGallery(_ name: String) async throws {
        let name = GalleryName.normalized(name)
        let gallery = try await writing { database in
            let gallery = try Self.info(of: name, database)
            try database.execute(sql: "DELETE FROM template WHERE gallery = ?", arguments: [gallery.id])
            try database.execute(sql: "DELETE FROM gallery WHERE id = ?", arguments: [gallery.id])
            return gallery
        }
        dropIndex(of: gallery.id)
        try await scrub()
    }

    /// Returns the numbers of people and templates in a gallery.
    public func size(of gallery: GalleryInfo) async throws -> GallerySize {
        try await reading { database in
            try Self.checkExists(gallery, database)
            return try Self.size(of: gallery, database)
        }
    }
}

// MARK: Inside a transaction

extension SQLiteStore {
    static func info(of name: String, _ database: Database) throws -> GalleryInfo {
        guard let info = try GalleryInfo.fetch(database, "WHERE name = ?", [name]).first else {
            throw try missing(name, database)
        }
        return info
    }

    /// Returns the error for a gallery that does not exist, or that was removed while it was in use.
    static func missing(_ name: String, _ database: Database) throws -> GalleryError {
        .noSuchGallery(name, known: try String.fetchAll(database, sql: "SELECT name FROM gallery ORDER BY name"))
    }

    /// Checks that a gallery was not removed while it was in use.
    static func checkExists(_ gallery: GalleryInfo, _ database: Database) throws {
        let found = try Int64.fetchOne(
            database, sql: "SELECT id FROM gallery WHERE id = ?", arguments: [gallery.id])
        if found == nil { throw try missing(gallery.name, database) }
    }

    static func size(of gallery: GalleryInfo, _ database: Database) throws -> GallerySize {
        GallerySize(
            people: try Int.fetchOne(
                database, sql: "SELECT count(*) FROM person WHERE gallery = ?", arguments: [gallery.id]) ?? 0,
            templates: try Int.fetchOne(
                database, sql: "SELECT count(*) FROM template WHERE gallery = ?", arguments: [gallery.id]) ?? 0)
    }

    /// Returns the revision number of the next change to a gallery's templates.
    static func advance(_ gallery: GalleryInfo, _ database: Database) throws -> Int64 {
        let revision = try Int64.fetchOne(
            database, sql: "UPDATE gallery SET revision = revision + 1 WHERE id = ? RETURNING revision",
            arguments: [gallery.id])
        guard let revision else { throw try missing(gallery.name, database) }
        return revision
    }

    private static func checkFree(_ name: String, _ database: Database) throws {
        guard try GalleryInfo.fetch(database, "WHERE name = ?", [name]).isEmpty else {
            throw GalleryError.galleryExists(name)
        }
    }

    private static func insertGallery(
        _ name: String, model: ModelIdentity, dimension: Int, _ database: Database
    ) throws -> GalleryInfo {
        try checkFree(name, database)
        let created = Date().milliseconds
        try database.execute(
            sql: "INSERT INTO gallery (name, model, contract, dimension, created) VALUES (?, ?, ?, ?, ?)",
            arguments: [name, model.name, model.contract, dimension, created])
        return GalleryInfo(
            id: database.lastInsertedRowID, name: name, model: model, dimension: dimension,
            created: Date(milliseconds: created))
    }
}

extension GalleryInfo {
    static func fetch(
        _ database: Database, _ condition: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> [GalleryInfo] {
        let sql = "SELECT id, name, model, contract, dimension, created FROM gallery \(condition)"
        return try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
            let name: String = try row.decode(forColumn: "name"),
                dimension: Int = try row.decode(forColumn: "dimension")
            guard dimensions.contains(dimension) else {
                throw StoreDamage(reason: "gallery '\(name)' has the invalid dimension \(dimension)")
            }
            return GalleryInfo(
                id: try row.decode(forColumn: "id"), name: name,
                model: ModelIdentity(
                    name: try row.decode(forColumn: "model"), contract: try row.decode(forColumn: "contract")),
                dimension: dimension, created: Date(milliseconds: try row.decode(forColumn: "created")))
        }
    }
}
