public import Faces

/// A gallery store that keeps all galleries in one value, such as a file, a record of a key-value database, or memory.
///
/// Three members make a complete ``GalleryStore``; everything else is provided. Searches compare with every template,
/// and every change saves everything, so such a store is for thousands of people; an `SQLiteStore` is for more.
///
/// ```swift
/// actor MyStore: GalleryDocumentStore {
///     private(set) var document = GalleryDocument()
///     nonisolated let files: [URL] = []
///
///     func update<Result: Sendable>(_ change: (inout GalleryDocument) throws -> Result) throws -> Result {
///         var next = document
///         let result = try change(&next)
///         // Save `next` here.
///         document = next
///         return result
///     }
/// }
/// ```
public protocol GalleryDocumentStore: GalleryStore {
    /// The galleries as of the last change.
    var document: GalleryDocument { get async throws }
    /// Makes a change, saves it, and returns the result of `change` when it is durable.
    ///
    /// If `change` or saving throws, the document stays as it was. Changes are made one after the other.
    func update<Result: Sendable>(
        _ change: @Sendable (inout GalleryDocument) throws -> Result
    ) async throws -> Result
}

extension GalleryDocumentStore {
    /// Returns all galleries, by name.
    public func galleries() async throws -> [GalleryInfo] { try await document.infos }

    /// Returns the gallery with this name.
    public func info(of name: String) async throws -> GalleryInfo { try await document.info(of: name) }

    /// Creates an empty gallery.
    public func make(_ name: String, model: ModelIdentity, dimension: Int) async throws -> GalleryInfo {
        try await update { try $0.make(name, model: model, dimension: dimension) }
    }

    /// Returns the gallery with this name, created if it does not exist.
    ///
    /// An empty one of another model is replaced.
    public func findOrMake(_ name: String, model: ModelIdentity, dimension: Int) async throws -> GalleryInfo {
        try await update { try $0.findOrMake(name, model: model, dimension: dimension) }
    }

    /// Creates a gallery from an exported one.
    public func make(_ name: String, from export: GalleryExport) async throws -> GalleryInfo {
        try await update { try $0.make(name, from: export) }
    }

    /// Renames a gallery.
    public func renameGallery(_ name: String, to newName: String) async throws {
        try await update { try $0.renameGallery(name, to: newName) }
    }

    /// Removes a gallery with its contents.
    public func removeGallery(_ name: String) async throws {
        try await update { try $0.removeGallery(name) }
    }

    /// Returns the numbers of people and templates in a gallery.
    public func size(of gallery: GalleryInfo) async throws -> GallerySize { try await document.size(of: gallery) }

    /// Returns the people of a gallery, by name, then id.
    public func people(in gallery: GalleryInfo) async throws -> [Person] {
        try await document.sortedPeople(of: gallery)
    }

    /// Returns the people with this name, by id.
    public func people(named name: String, in gallery: GalleryInfo) async throws -> [Person] {
        try await document.sortedPeople(of: gallery).filter { $0.name == name }
    }

    /// Returns the person with this id; `nil` if there is none.
    public func person(id: Person.ID, in gallery: GalleryInfo) async throws -> Person? {
        try await document.people(of: gallery).first { $0.id == id }?.person
    }

    /// Returns a person's templates, oldest first.
    public func templates(of person: Person.ID, in gallery: GalleryInfo) async throws -> [Template] {
        try await document.templates(of: person, in: gallery)
    }

    /// Returns a template's values.
    public func values(of template: Template.ID, in gallery: GalleryInfo) async throws -> [Float] {
        try await document.values(of: template, in: gallery)
    }

    /// Adds a template, and its person if new.
    public func add(_ template: NewTemplate, to gallery: GalleryInfo) async throws -> Enrollment {
        try await update { try $0.add(template, to: gallery) }
    }

    /// Renames a person.
    public func renamePerson(_ id: Person.ID, to name: String, in gallery: GalleryInfo) async throws {
        try await update { try $0.change(id, in: gallery) { $0.name = name } }
    }

    /// Replaces a person's metadata.
    public func setMetadata(_ metadata: [String: String], of person: Person.ID, in gallery: GalleryInfo) async throws {
        try await update { try $0.change(person, in: gallery) { $0.metadata = metadata } }
    }

    /// Moves a person's templates to another one, and removes the first.
    ///
    /// If both have a metadata key, the other one's value stays.
    public func merge(_ person: Person.ID, into other: Person.ID, in gallery: GalleryInfo) async throws {
        try await update { try $0.merge(person, into: other, in: gallery) }
    }

    /// Removes a person with all templates.
    public func removePerson(_ id: Person.ID, from gallery: GalleryInfo) async throws {
        try await update { try $0.removePerson(id, from: gallery) }
    }

    /// Removes a template; its person stays.
    public func removeTemplate(_ id: Template.ID, from gallery: GalleryInfo) async throws {
        try await update { try $0.removeTemplate(id, from: gallery) }
    }

    /// Returns for each probe the `count` people with the nearest templates, nearest first.
    public func nearestPeople(
        to probes: [[Float]], count: Int, in gallery: GalleryInfo
    ) async throws -> [[PersonMatch]] {
        try await document.nearestPeople(to: probes, count: count, in: gallery)
    }

    /// Passes a gallery's size, then one person after another in the order of their enrollment.
    public func read(
        _ gallery: GalleryInfo, size: @Sendable (GallerySize) throws -> Void,
        person: @Sendable (GalleryExport.Entry) throws -> Void
    ) async throws {
        try await document.read(gallery, size: size, person: person)
    }
}
