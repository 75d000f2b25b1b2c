public import Faces
public import Foundation

/// A store of galleries.
///
/// Programs use ``Gallery`` and the methods that return one. The other methods are the requirements for an
/// implementation. Every method that makes a change returns when the change is durable, and throws a ``GalleryError``
/// if it can't be made. Changes are atomic.
///
/// ```swift
/// for info in try await store.galleries() {
///     let gallery = try await store.gallery(info.name)
///     print(info.name, info.model.name, try await gallery.size().people)
///     try await gallery.export(to: URL(filePath: "\(info.name).jsonl"))
/// }
/// ```
public protocol GalleryStore: Sendable {
    /// The files that hold the galleries, whether they exist or not.
    ///
    /// No other file is written.
    var files: [URL] { get }
    /// Returns all galleries, by name.
    func galleries() async throws -> [GalleryInfo]
    /// Returns the gallery with this name.
    func info(of name: String) async throws -> GalleryInfo
    /// Creates an empty gallery.
    func make(_ name: String, model: ModelIdentity, dimension: Int) async throws -> GalleryInfo
    /// Returns the gallery with this name.
    ///
    /// It is created if it does not exist, or if it is empty and has another model.
    ///
    /// Concurrent calls for the same model get the same gallery.
    func findOrMake(_ name: String, model: ModelIdentity, dimension: Int) async throws -> GalleryInfo
    /// Creates a gallery from an exported one, with the name `name`.
    func make(_ name: String, from export: GalleryExport) async throws -> GalleryInfo
    /// Renames a gallery.
    func renameGallery(_ name: String, to newName: String) async throws
    /// Removes a gallery with its contents, in the same way as ``removePerson(_:from:)``.
    func removeGallery(_ name: String) async throws

    /// Returns the numbers of people and templates in a gallery.
    ///
    /// - Throws: ``GalleryError/noSuchGallery(_:known:)`` if the gallery was removed, as all methods with a gallery do.
    func size(of gallery: GalleryInfo) async throws -> GallerySize
    /// Returns the people of a gallery, by name, then id.
    func people(in gallery: GalleryInfo) async throws -> [Person]
    /// Returns the people with this name, by id.
    func people(named name: String, in gallery: GalleryInfo) async throws -> [Person]
    /// Returns the person with this id; `nil` if there is none.
    func person(id: Person.ID, in gallery: GalleryInfo) async throws -> Person?
    /// Returns a person's templates, oldest first.
    func templates(of person: Person.ID, in gallery: GalleryInfo) async throws -> [Template]
    /// Returns a template's values.
    func values(of template: Template.ID, in gallery: GalleryInfo) async throws -> [Float]

    /// Adds a template, and its person if they are new.
    func add(_ template: NewTemplate, to gallery: GalleryInfo) async throws -> Enrollment
    /// Renames a person.
    func renamePerson(_ id: Person.ID, to name: String, in gallery: GalleryInfo) async throws
    /// Replaces a person's metadata.
    func setMetadata(_ metadata: [String: String], of person: Person.ID, in gallery: GalleryInfo) async throws
    /// Moves a person's templates to another person, and removes the first.
    ///
    /// For a metadata key that both have, the other person's value is kept.
    func merge(_ person: Person.ID, into other: Person.ID, in gallery: GalleryInfo) async throws
    /// Removes a person with all templates, so that none of their data can be read from the files.
    func removePerson(_ id: Person.ID, from gallery: GalleryInfo) async throws
    /// Removes a template in the same way; its person stays.
    func removeTemplate(_ id: Template.ID, from gallery: GalleryInfo) async throws

    /// Returns for each probe the `count` people with the nearest templates, nearest first, by exact search of all
    /// templates.
    func nearestPeople(to probes: [[Float]], count: Int, in gallery: GalleryInfo) async throws -> [[PersonMatch]]
    /// Calls the closures with a gallery's size, then with one person after another with all templates. All data is
    /// from the same point in time.
    func read(
        _ gallery: GalleryInfo, size: @Sendable (GallerySize) throws -> Void,
        person: @Sendable (GalleryExport.Entry) throws -> Void
    ) async throws
}

extension GalleryStore {
    /// Returns the gallery with this name, with its model.
    ///
    /// - Throws: ``GalleryError/noSuchGallery(_:known:)``.
    public func gallery(_ name: String) async throws -> Gallery {
        Gallery(info: try await info(of: GalleryName.normalized(name)), store: self)
    }

    /// Creates a gallery for the embeddings of one model.
    ///
    /// - Parameters:
    ///   - name: The name, not blank and not used yet.
    ///   - model: The model, which can't be changed.
    ///   - dimension: The number of values per embedding of that model.
    /// - Throws: ``GalleryError/galleryExists(_:)``, ``GalleryError/invalidName(_:reason:)`` or
    ///   ``GalleryError/invalidDimension(_:)``.
    @discardableResult
    public func createGallery(_ name: String, model: ModelIdentity, dimension: Int) async throws -> Gallery {
        guard GalleryInfo.dimensions.contains(dimension) else { throw GalleryError.invalidDimension(dimension) }
        let name = try GalleryName.checked(name, of: GalleryInfo.nameOfGallery)
        return Gallery(info: try await make(name, model: model, dimension: dimension), store: self)
    }

    /// Returns the gallery with this name for the embeddings of one model.
    ///
    /// It is created if it does not exist, only once even if several processes call this at the same time.
    ///
    /// An empty gallery of another model is replaced.
    ///
    /// - Parameters:
    ///   - name: The name, not blank.
    ///   - model: The model.
    ///   - dimension: The number of values per embedding of that model.
    /// - Throws: ``GalleryError/modelMismatch(gallery:expected:found:)`` if it is not empty and has another model,
    ///   ``GalleryError/invalidName(_:reason:)`` or ``GalleryError/invalidDimension(_:)``.
    public func openOrCreateGallery(_ name: String, model: ModelIdentity, dimension: Int) async throws -> Gallery {
        guard GalleryInfo.dimensions.contains(dimension) else { throw GalleryError.invalidDimension(dimension) }
        let name = try GalleryName.checked(name, of: GalleryInfo.nameOfGallery)
        let info = try await findOrMake(name, model: model, dimension: dimension)
        guard info.model == model else {
            throw GalleryError.modelMismatch(gallery: info.name, expected: info.model, found: model)
        }
        return Gallery(info: info, store: self)
    }

    /// Creates a gallery from a file written by ``Gallery/export(to:)``, completely or not at all.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - name: The gallery's name; `nil` for its original name.
    ///   - model: The required model; `nil` for any.
    /// - Throws: ``GalleryError/invalidExport(_:line:reason:)`` if the file is damaged,
    ///   ``GalleryError/modelMismatch(gallery:expected:found:)``, ``GalleryError/galleryExists(_:)``, or
    ///   ``GalleryError/invalidName(_:reason:)``.
    @discardableResult
    public func importGallery(
        from file: URL, as name: String? = nil, expecting model: ModelIdentity? = nil
    ) async throws -> Gallery {
        let export = try GalleryExport(contentsOf: file)
        if let model, model != export.header.model {
            throw GalleryError.modelMismatch(
                gallery: export.header.gallery, expected: export.header.model, found: model)
        }
        let name = try GalleryName.checked(name ?? export.header.gallery, of: GalleryInfo.nameOfGallery)
        return Gallery(info: try await make(name, from: export), store: self)
    }
}
