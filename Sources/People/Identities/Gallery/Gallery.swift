public import Faces

/// A gallery in a store: enrolled people with the embeddings of one model.
///
/// ```swift
/// let gallery = try await store.openOrCreateGallery("staff", model: card.identity, dimension: ada.values.count)
/// try await gallery.enroll("Ada Lovelace", ada, metadata: ["team": "engines"])
/// let rule = try MatchRule(card, falseMatchRate: 1e-4)
/// for answer in try await gallery.identify([probe], by: rule) {
///     print(answer.identification.person?.name ?? "unknown", answer.decision?.similarity ?? 0)
/// }
/// ```
public struct Gallery: Sendable {
    /// The gallery's properties; the name is that at the time of opening.
    public let info: GalleryInfo
    let store: any GalleryStore

    /// Creates a gallery in `store`.
    public init(info: GalleryInfo, store: any GalleryStore) {
        self.info = info
        self.store = store
    }

    /// The model of the gallery's embeddings.
    public var model: ModelIdentity { info.model }

    /// Returns the numbers of people and templates.
    public func size() async throws -> GallerySize { try await store.size(of: info) }

    /// Returns all people, by name, then id.
    public func people() async throws -> [Person] { try await store.people(in: info) }

    /// Returns the person with this id or, if there is none, with this name.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:gallery:)``, or ``GalleryError/ambiguousName(_:ids:)`` if several people
    ///   have the name.
    public func person(_ idOrName: String) async throws -> Person {
        let normalized = GalleryName.normalized(idOrName)
        for id in [idOrName, normalized] {
            if let person = try await store.person(id: id, in: info) { return person }
        }
        let named = try await store.people(named: normalized, in: info)
        guard let person = named.first else { throw GalleryError.noSuchPerson(idOrName, gallery: info.name) }
        guard named.count == 1 else { throw GalleryError.ambiguousName(idOrName, ids: named.map(\.id)) }
        return person
    }

    /// Returns a person's templates, oldest first.
    public func templates(of person: Person.ID) async throws -> [Template] {
        try await store.templates(of: person, in: info)
    }

    /// Returns a template's embedding, identical to the enrolled one.
    public func embedding(of template: Template.ID) async throws -> Embedding {
        try Embedding(unit: try await store.values(of: template, in: info), model: model)
    }

    /// Renames a person.
    ///
    /// Others may have the same name; they are then distinguished by id.
    ///
    /// - Throws: ``GalleryError/invalidName(_:reason:)`` or ``GalleryError/noSuchPerson(_:gallery:)``.
    public func rename(_ person: Person.ID, to name: String) async throws {
        try await store.renamePerson(
            person, to: try GalleryName.checked(name, of: Person.nameOfPerson), in: info)
    }

    /// Returns the people with this name, by id.
    public func people(named name: String) async throws -> [Person] {
        try await store.people(named: GalleryName.normalized(name), in: info)
    }

    /// Replaces a person's metadata.
    public func setMetadata(_ metadata: [String: String], of person: Person.ID) async throws {
        try await store.setMetadata(metadata, of: person, in: info)
    }

    /// Moves the templates of a person to another entry for the same person, and removes the first entry.
    public func merge(_ person: Person.ID, into other: Person.ID) async throws {
        try await store.merge(person, into: other, in: info)
    }

    /// Removes a person with all templates; none of their bytes stay in the store's files.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:gallery:)``, or ``GalleryError/notScrubbed(_:)`` if they are removed,
    ///   but another process prevents their bytes from being overwritten.
    public func remove(_ person: Person.ID) async throws { try await store.removePerson(person, from: info) }

    /// Removes a template in the same way; its person stays.
    public func removeTemplate(_ template: Template.ID) async throws {
        try await store.removeTemplate(template, from: info)
    }

    /// Checks that `embedding` can be compared with the gallery's.
    func check(_ embedding: Embedding) throws {
        guard embedding.model == model else {
            throw GalleryError.modelMismatch(gallery: info.name, expected: model, found: embedding.model)
        }
        guard embedding.values.count == info.dimension else {
            throw GalleryError.dimensionMismatch(expected: info.dimension, found: embedding.values.count)
        }
        guard embedding.values.withUnsafeBufferPointer(VectorIndex.isUnit) else {
            throw GalleryError.invalidVector("the embedding's numbers are not finite, or its length is not 1")
        }
    }
}
