import Foundation
import GRDB
public import Identities

extension SQLiteStore {
    /// Returns the people of a gallery, by name, then id.
    public func people(in gallery: GalleryInfo) async throws -> [Person] {
        try await reading { database in
            try Self.checkExists(gallery, database)
            return try Person.fetch(database, "WHERE gallery = ? ORDER BY name, id", [gallery.id])
        }
    }

    /// Returns the people with this name, by id.
    public func people(named name: String, in gallery: GalleryInfo) async throws -> [Person] {
        try await reading { database in
            try Self.checkExists(gallery, database)
            return try Person.fetch(database, "WHERE gallery = ? AND name = ? ORDER BY id", [gallery.id, name])
        }
    }

    /// Returns the person with this id; `nil` if there is none.
    public func person(id: Person.ID, in gallery: GalleryInfo) async throws -> Person? {
        try await reading { database in
            try Self.checkExists(gallery, database)
            return try Person.fetch(database, "WHERE gallery = ? AND id = ?", [gallery.id, id]).first
        }
    }

    /// Returns a person's templates, oldest first.
    public func templates(of person: Person.ID, in gallery: GalleryInfo) async throws -> [Template] {
        try await reading { database in
            let key = try Self.key(of: person, gallery, database)
            return try Template.fetch(database, "WHERE person = ? ORDER BY id", [key])
        }
    }

    /// Returns a template's values.
    public func values(of template: Template.ID, in gallery: GalleryInfo) async throws -> [Float] {
        try await reading { database in
            let vector = try Data.fetchOne(
                database, sql: "SELECT vector FROM template WHERE id = ? AND gallery = ?",
                arguments: [template, gallery.id])
            guard let vector else {
                try Self.checkExists(gallery, database)
                throw GalleryError.noSuchTemplate(template, gallery: gallery.name)
            }
            let values = [Float](littleEndian: vector)
            guard values.count == gallery.dimension, values.withUnsafeBufferPointer(VectorIndex.isUnit) else {
                throw StoreDamage(reason: "template \(template) is not a unit vector of \(gallery.dimension) numbers")
            }
            return values
        }
    }

    /// Renames a person.
    public func renamePerson(_ id: Person.ID, to name: String, in gallery: GalleryInfo) async throws {
        try await writing { database in
            let key = try Self.key(of: id, gallery, database)
            try database.execute(sql: "UPDATE person SET name = ? WHERE key = ?", arguments: [name, key])
        }
    }

    /// Replaces a person's metadata.
    public func setMetadata(_ metadata: [String: String], of person: Person.ID, in gallery: GalleryInfo) async throws {
        try await writing { database in
            let key = try Self.key(of: person, gallery, database)
            try database.execute(
                sql: "UPDATE person SET metadata = ? WHERE key = ?", arguments: [try Self.json(metadata), key])
        }
    }

    /// Moves a person's templates to another person, and removes the first.
    ///
    /// For a metadata key that both have, the other person's value is kept.
    public func merge(_ person: Person.ID, into other: Person.ID, in gallery: GalleryInfo) async throws {
        guard person != other else { return }
        try await writing { database in
            let from = try Self.key(of: person, gallery, database), to = try Self.key(of: other, gallery, database)
            let people = try Person.fetch(database, "WHERE key IN (?, ?)", [from, to])
            var metadata: [String: String] = [:]
            for one in people.sorted(by: { $0.id == person && $1.id != person }) {
                metadata.merge(one.metadata) { _, later in later }
            }
            try database.execute(
                sql: "UPDATE template SET person = ?, revision = ? WHERE person = ?",
                arguments: [to, try Self.advance(gallery, database), from])
            try database.execute(
                sql: "UPDATE person SET metadata = ? WHERE key = ?", arguments: [try Self.json(metadata), to])
            try database.execute(sql: "DELETE FROM person WHERE key = ?", arguments: [from])
        }
    }

    /// Removes a person with all templates, and overwrites their data in the files.
    public func removePerson(_ id: Person.ID, from gallery: GalleryInfo) async throws {
        try await writing { database in
            let key = try Self.key(of: id, gallery, database)
            try Self.removeTemplates("person = ?", [key], gallery, database)
            try database.execute(sql: "DELETE FROM person WHERE key = ?", arguments: [key])
        }
        try await forgetRemoved(from: gallery)
        try await scrub()
    }

    /// Removes a template, and overwrites its data in the files; its person stays.
    public func removeTemplate(_ id: Template.ID, from gallery: GalleryInfo) async throws {
        try await writing { database in
            try Self.removeTemplates("id = ? AND gallery = ?", [id, gallery.id], gallery, database)
            guard database.changesCount > 0 else { throw GalleryError.noSuchTemplate(id, gallery: gallery.name) }
        }
        try await forgetRemoved(from: gallery)
        try await scrub()
    }
}

// MARK: Inside a transaction

extension SQLiteStore {
    static func key(of person: Person.ID, _ gallery: GalleryInfo, _ database: Database) throws -> Int64 {
        let key = try Int64.fetchOne(
            database, sql: "SELECT key FROM person WHERE gallery = ? AND id = ?", arguments: [gallery.id, person])
        guard let key else {
            try checkExists(gallery, database)
            throw GalleryError.noSuchPerson(person, gallery: gallery.name)
        }
        return key
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Removes the templates that meet `condition`, and records their ids, so that the indexes can remove them too.
    private static func removeTemplates(
        _ condition: String, _ arguments: StatementArguments, _ gallery: GalleryInfo, _ database: Database
    ) throws {
        let revision = try advance(gallery, database)
        try database.execute(
            sql:
                "INSERT INTO removal (template, gallery, revision) SELECT id, gallery, ? FROM template WHERE \(condition)",
            arguments: [revision] + arguments)
        try database.execute(sql: "DELETE FROM template WHERE \(condition)", arguments: arguments)
    }
}

extension Person {
    private static let columns = """
        key, id, name, metadata, created, (SELECT count(*) FROM template WHERE template.person = person.key) AS templates
        """

    static func fetch(
        _ database: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [Person] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT \(columns) FROM person \(condition)", arguments: arguments)
        return try rows.map(Person.init(row:))
    }

    private init(row: Row) throws {
        let metadata: String = try row.decode(forColumn: "metadata")
        self.init(
            id: try row.decode(forColumn: "id"), name: try row.decode(forColumn: "name"),
            metadata: try JSONDecoder().decode([String: String].self, from: Data(metadata.utf8)),
            created: Date(milliseconds: try row.decode(forColumn: "created")),
            templates: try row.decode(forColumn: "templates"))
    }
}
