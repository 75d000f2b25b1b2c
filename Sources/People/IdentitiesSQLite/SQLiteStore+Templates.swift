import Faces
import Foundation
import GRDB
public import Identities

extension SQLiteStore {
    /// Adds a template, and its person if new, in one transaction, which is on the disk when the method returns.
    public func add(_ template: NewTemplate, to gallery: GalleryInfo) async throws -> Enrollment {
        if let context = template.source.context, !context.isFinite {
            throw GalleryError.invalidVector("the context has an infinite or NaN value")
        }
        return try await writing { database in
            let revision = try Self.advance(gallery, database)
            let now = Date().milliseconds
            let (person, isNew) = try Self.findOrInsert(template, created: now, gallery, database)
            let entry = GalleryExport.EntryTemplate(
                vector: template.embedding.values.littleEndianData, label: template.source.label,
                digest: template.source.digest, context: template.source.context, created: now)
            let id = try Self.insertTemplate(entry, person: person, revision: revision, gallery, database)
            guard let added = try Template.fetch(database, "WHERE id = ?", [id]).first,
                let owner = try Person.fetch(database, "WHERE key = ?", [person]).first
            else { throw GalleryError.noSuchTemplate(id, gallery: gallery.name) }
            return Enrollment(person: owner, template: added, isNewPerson: isNew)
        }
    }

    /// Calls the closures with a gallery's size, then with one person after another with all templates, in one read
    /// transaction.
    public func read(
        _ gallery: GalleryInfo, size: @Sendable (GallerySize) throws -> Void,
        person: @Sendable (GalleryExport.Entry) throws -> Void
    ) async throws {
        try await reading { database in
            try Self.checkExists(gallery, database)
            try size(try Self.size(of: gallery, database))
            let keys = try Int64.fetchAll(
                database, sql: "SELECT key FROM person WHERE gallery = ? ORDER BY key", arguments: [gallery.id])
            for key in keys {
                guard let owner = try Person.fetch(database, "WHERE key = ?", [key]).first else { continue }
                try person(
                    GalleryExport.Entry(
                        id: owner.id, name: owner.name, metadata: owner.metadata, created: owner.created.milliseconds,
                        templates: try Self.entries(of: key, database)))
            }
        }
    }
}

// MARK: Inside a transaction

extension SQLiteStore {
    private static func findOrInsert(
        _ template: NewTemplate, created: Int64, _ gallery: GalleryInfo, _ database: Database
    ) throws -> (key: Int64, isNew: Bool) {
        if let known = try known(template, gallery, database) {
            let key = try key(of: known.id, gallery, database)
            if !template.metadata.isEmpty {
                let metadata = known.metadata.merging(template.metadata) { _, new in new }
                try database.execute(
                    sql: "UPDATE person SET metadata = ? WHERE key = ?", arguments: [try json(metadata), key])
            }
            return (key, false)
        }
        let key = try insertPerson(
            template.id ?? UUID().uuidString.lowercased(), name: template.name, metadata: template.metadata,
            created: created, gallery, database)
        return (key, true)
    }

    private static func known(
        _ template: NewTemplate, _ gallery: GalleryInfo, _ database: Database
    ) throws -> Person? {
        if let id = template.id {
            let known = try Person.fetch(database, "WHERE gallery = ? AND id = ?", [gallery.id, id]).first
            if let known, known.name != template.name { throw GalleryError.personExists(id: id, name: known.name) }
            return known
        }
        let named = try Person.fetch(
            database, "WHERE gallery = ? AND name = ? ORDER BY id", [gallery.id, template.name])
        guard named.count <= 1 else { throw GalleryError.ambiguousName(template.name, ids: named.map(\.id)) }
        return named.first
    }

    static func insertPerson(
        _ id: String, name: String, metadata: [String: String], created: Int64, _ gallery: GalleryInfo,
        _ database: Database
    ) throws -> Int64 {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO person (gallery, id, name, metadata, created) VALUES (?, ?, ?, ?, ?)")
        try statement.execute(arguments: [gallery.id, id, name, try json(metadata), created])
        return database.lastInsertedRowID
    }

    @discardableResult
    static func insertTemplate(
        _ template: GalleryExport.EntryTemplate, person: Int64, revision: Int64, _ gallery: GalleryInfo,
        _ database: Database
    ) throws -> Int64 {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO template (gallery, person, revision, label, digest, context, created, vector)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(
            arguments: [
                gallery.id, person, revision, template.label, template.digest, try template.context.map(json),
                template.created, template.vector,
            ])
        return database.lastInsertedRowID
    }

    private static func entries(of person: Int64, _ database: Database) throws -> [GalleryExport.EntryTemplate] {
        let sql = "SELECT vector, label, digest, context, created FROM template WHERE person = ? ORDER BY id"
        return try Row.fetchAll(database, sql: sql, arguments: [person]).map { row in
            GalleryExport.EntryTemplate(
                vector: try row.decode(forColumn: "vector"), label: try row.decode(forColumn: "label"),
                digest: try row.decode(forColumn: "digest"),
                context: try Template.context(try row.decode(forColumn: "context")),
                created: try row.decode(forColumn: "created"))
        }
    }
}

extension Template {
    static func fetch(
        _ database: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [Template] {
        let sql = "SELECT id, label, digest, context, created FROM template \(condition)"
        return try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
            Template(
                id: try row.decode(forColumn: "id"), label: try row.decode(forColumn: "label"),
                digest: try row.decode(forColumn: "digest"),
                context: try context(try row.decode(forColumn: "context")),
                created: Date(milliseconds: try row.decode(forColumn: "created")))
        }
    }

    static func context(_ json: String?) throws -> ContextVector? {
        try json.map { try JSONDecoder().decode(ContextVector.self, from: Data($0.utf8)) }
    }
}
