public import Faces
public import Foundation
public import Identities

/// Galleries in memory, for tests: nothing is written to a disk, and all is gone when the store is.
///
/// It keeps the promises of ``/Identities/GalleryStore``: names, ids, errors and the order of results are those of an
/// `SQLiteStore`. Searches compare with every template.
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
        /// The order in which people came.
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

    /// An empty store.
    public init() {}

    /// No files.
    public nonisolated var files: [URL] { [] }

    // MARK: Galleries

    /// All galleries, by name.
    public func galleries() -> [GalleryInfo] { stored.values.map(\.info).sorted { $0.name < $1.name } }

    /// The gallery of this name.
    public func info(of name: String) throws -> GalleryInfo {
        guard let found = galleries().first(where: { $0.name == name }) else {
            throw GalleryError.noSuchGallery(name, known: galleries().map(\.name))
        }
        return found
    }

    /// Makes an empty gallery.
    public func make(_ name: String, model: ModelIdentity, dimension: Int) throws -> GalleryInfo {
        guard !galleries().contains(where: { $0.name == name }) else { throw GalleryError.galleryExists(name) }
        lastGallery += 1
        let info = GalleryInfo(id: lastGallery, name: name, model: model, dimension: dimension, created: Self.now)
        stored[info.id] = StoredGallery(info: info)
        return info
    }

    /// The gallery of this name, made if there is none, or if it is empty and pins another model.
    public func findOrMake(_ name: String, model: ModelIdentity, dimension: Int) throws -> GalleryInfo {
        if let found = galleries().first(where: { $0.name == name }) {
            guard found.model != model, try size(of: found).isEmpty else { return found }
            stored[found.id] = nil
        }
        return try make(name, model: model, dimension: dimension)
    }

    /// Makes a gallery from an exported one: the whole of it, or nothing.
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

    /// Gives a gallery another name.
    public func renameGallery(_ name: String, to newName: String) throws {
        let info = try info(of: GalleryName.normalized(name))
        let newName = try GalleryName.checked(newName, of: "the gallery's name")
        guard newName != info.name else { return }
        guard !galleries().contains(where: { $0.name == newName }) else { throw GalleryError.galleryExists(newName) }
        stored[info.id]?.info = GalleryInfo(
            id: info.id, name: newName, model: info.model, dimension: info.dimension, created: info.created)
    }

    /// Removes a gallery with everybody in it.
    public func removeGallery(_ name: String) throws {
        stored[try info(of: GalleryName.normalized(name)).id] = nil
    }

    /// The number of people and templates of a gallery.
    public func size(of gallery: GalleryInfo) throws -> GallerySize {
        let people = stored[gallery.id]?.people ?? [:]
        return GallerySize(people: people.count, templates: people.values.reduce(0) { $0 + $1.templates.count })
    }

    /// Gives a gallery's size, then person after person in the order in which they were added.
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

    /// The people of a gallery that is still there.
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

    /// The time as stores keep it: in whole milliseconds.
    static var now: Date { Date(milliseconds: Date().milliseconds) }
}
