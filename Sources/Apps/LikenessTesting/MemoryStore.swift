public import Faces
public import Foundation
public import Identities

/// A store of galleries in memory, for tests: nothing is written to disk, and the contents are lost with the store.
///
/// It meets the requirements of ``/Identities/GalleryStore``: names, ids, errors and the order of results are those of
/// an `SQLiteStore`. Searches compare with every template.
///
/// ```swift
/// let store = MemoryStore()
/// let gallery = try await store.createGallery("staff", model: embedder.card.identity, dimension: embedder.dimension)
/// ```
public actor MemoryStore: GalleryStore {
    struct StoredTemplate {
        let template: Template
        let values: [Float]
    }

    struct StoredPerson {
        /// The number of people added before.
        let key: Int
        let id: Person.ID
        var name: String
        var metadata: [String: String]
        let created: Date
        var templates: [StoredTemplate]

        var person: Person {
            Person(id: id, name: name, metadata: metadata, created: created, templates: templates.count)
        }
    }

    struct StoredGallery {
        var info: GalleryInfo
        var people: [Person.ID: StoredPerson] = [:]
    }

    private var stored: [GalleryInfo.ID: StoredGallery] = [:]
    private var lastGallery: Int64 = 0
    private var lastTemplate: Int64 = 0
    private var lastPerson = 0

    /// Creates an empty store.
    public init() {}

    /// The store's files: none.
    public nonisolated var files: [URL] { [] }

    // MARK: Galleries

    /// Returns all galleries, sorted by name.
    public func galleries() -> [GalleryInfo] { stored.values.map(\.info).sorted { $0.name < $1.name } }

    /// Returns the gallery with this name.
    public func info(of name: String) throws -> GalleryInfo {
        guard let found = galleries().first(where: { $0.name == name }) else {
            throw GalleryError.noSuchGallery(name, known: galleries().map(\.name))
        }
        return found
    }

    /// Creates an empty gallery.
    public func make(_ name: String, model: ModelIdentity, dimension: Int) throws -> GalleryInfo {
        guard !galleries().contains(where: { $0.name == name }) else { throw GalleryError.galleryExists(name) }
        lastGallery += 1
        let info = GalleryInfo(id: lastGallery, name: name, model: model, dimension: dimension, created: Self.now)
        stored[info.id] = StoredGallery(info: info)
        return info
    }

    /// Returns the gallery with this name. It is created if it doesn't exist, or if it is empty and has another model.
    public func findOrMake(_ name: String, model: ModelIdentity, dimension: Int) throws -> GalleryInfo {
        if let found = galleries().first(where: { $0.name == name }) {
            guard found.model != model, try size(of: found).isEmpty else { return found }
            stored[found.id] = nil
        }
        return try make(name, model: model, dimension: dimension)
    }

    /// Creates a gallery from an exported one, completely or not at all.
    public func make(_ name: String, from export: GalleryExport) throws -> GalleryInfo {
        let info = try make(name, model: export.header.model, dimension: export.header.dimension)
        var people: [Person.ID: StoredPerson] = [:]
        do {
            try export.forEach { entry in
                lastPerson += 1
                people[entry.id] = StoredPerson(
                    key: lastPerson, id: entry.id, name: entry.name, metadata: entry.metadata,
                    created: Date(milliseconds: entry.created),
                    templates: entry.templates.map { template in
                        lastTemplate += 1
                        return StoredTemplate(
                            template: Template(
                                id: lastTemplate, label: template.label, digest: template.digest,
                                context: template.context, created: Date(milliseconds: template.created)),
                            values: [Float](littleEndian: template.vector))
                    })
            }
        } catch {
            stored[info.id] = nil
            throw error
        }
        stored[info.id]?.people = people
        return info
    }

    /// Renames a gallery.
    public func renameGallery(_ name: String, to newName: String) throws {
        let info = try info(of: GalleryName.normalized(name))
        let newName = try GalleryName.checked(newName, of: "the gallery's name")
        guard newName != info.name else { return }
        guard !galleries().contains(where: { $0.name == newName }) else { throw GalleryError.galleryExists(newName) }
        stored[info.id]?.info = GalleryInfo(
            id: info.id, name: newName, model: info.model, dimension: info.dimension, created: info.created)
    }

    /// Removes a gallery with its contents.
    public func removeGallery(_ name: String) throws {
        stored[try info(of: GalleryName.normalized(name)).id] = nil
    }

    /// Returns the numbers of people and templates in a gallery.
    public func size(of gallery: GalleryInfo) throws -> GallerySize {
        let people = stored[gallery.id]?.people ?? [:]
        return GallerySize(people: people.count, templates: people.values.reduce(0) { $0 + $1.templates.count })
    }

    /// Calls the closures with a gallery's size, then with one person after another, in the order in which they were
    /// added.
    public func read(
        _ gallery: GalleryInfo, size: @Sendable (GallerySize) throws -> Void,
        person: @Sendable (GalleryExport.Entry) throws -> Void
    ) throws {
        try size(try self.size(of: gallery))
        for stored in (stored[gallery.id]?.people ?? [:]).values.sorted(by: { $0.key < $1.key }) {
            try person(
                GalleryExport.Entry(
                    id: stored.id, name: stored.name, metadata: stored.metadata, created: stored.created.milliseconds,
                    templates: stored.templates.map {
                        GalleryExport.EntryTemplate(
                            vector: $0.values.littleEndianData, label: $0.template.label, digest: $0.template.digest,
                            context: $0.template.context, created: $0.template.created.milliseconds)
                    }))
        }
    }

    // MARK: For the extension

    /// Returns the people of a gallery, which must still exist.
    func contents(of gallery: GalleryInfo) throws -> [Person.ID: StoredPerson] {
        guard let found = stored[gallery.id] else { throw GalleryError.noSuchGallery(gallery.name, known: []) }
        return found.people
    }

    func change(_ gallery: GalleryInfo, _ body: (inout [Person.ID: StoredPerson]) throws -> Void) throws {
        var people = try contents(of: gallery)
        try body(&people)
        stored[gallery.id]?.people = people
    }

    func nextTemplate() -> Int64 {
        lastTemplate += 1
        return lastTemplate
    }

    func nextPerson() -> Int {
        lastPerson += 1
        return lastPerson
    }

    /// The current time in the precision of stores: whole milliseconds.
    static var now: Date { Date(milliseconds: Date().milliseconds) }
}
