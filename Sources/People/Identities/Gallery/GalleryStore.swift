public import Faces
public import Foundation

/// Where galleries are kept.
///
/// People use ``Gallery`` and the methods that return one; the others are what a store must be able to do, whatever
/// stands behind it. Every method that changes something returns when the change is durable, and throws a
/// ``GalleryError`` if it can't be made; a change is made wholly or not at all.
public protocol GalleryStore: Sendable {
    /// The files that hold the galleries, whether they are there or not; nothing else is written over them.
    var files: [URL] { get }
    /// Returns all galleries, by name.
    func galleries() async throws -> [GalleryInfo]
    /// Returns the gallery of this name.
    func info(of name: String) async throws -> GalleryInfo
    /// Makes an empty gallery.
    func make(_ name: String, model: ModelIdentity, dimension: Int) async throws -> GalleryInfo
    /// Returns the gallery of this name, which is made where there is none, or if it is empty and pins another model;
    /// two that ask at once for one model get the same one.
    func findOrMake(_ name: String, model: ModelIdentity, dimension: Int) async throws -> GalleryInfo
    /// Makes a gallery from an exported one, under `name`.
    func make(_ name: String, from export: GalleryExport) async throws -> GalleryInfo
    /// Gives a gallery another name.
    func renameGallery(_ name: String, to newName: String) async throws
    /// Removes a gallery with all that is in it, as wholly as ``removePerson(_:from:)``.
    func removeGallery(_ name: String) async throws

    /// Returns how much is in a gallery.
    func size(of gallery: GalleryInfo) async throws -> GallerySize
    /// Returns the people of a gallery, by name, then id.
    func people(in gallery: GalleryInfo) async throws -> [Person]
    /// Returns the people of this name, by id.
    func people(named name: String, in gallery: GalleryInfo) async throws -> [Person]
    /// Returns the person of this id; `nil` if there is none.
    func person(id: Person.ID, in gallery: GalleryInfo) async throws -> Person?
    /// Returns a person's templates, oldest first.
    func templates(of person: Person.ID, in gallery: GalleryInfo) async throws -> [Template]
    /// Returns a template's numbers.
    func values(of template: Template.ID, in gallery: GalleryInfo) async throws -> [Float]

    /// Adds a template, and its person where it is new.
    func add(_ template: NewTemplate, to gallery: GalleryInfo) async throws -> Enrollment
    /// Gives a person another name.
    func renamePerson(_ id: Person.ID, to name: String, in gallery: GalleryInfo) async throws
    /// Replaces a person's metadata.
    func setMetadata(_ metadata: [String: String], of person: Person.ID, in gallery: GalleryInfo) async throws
    /// Gives a person's templates to another one, and removes the first; the other's metadata win.
    func merge(_ person: Person.ID, into other: Person.ID, in gallery: GalleryInfo) async throws
    /// Removes a person with all templates, so that nothing of them can be read from where the store keeps them.
    func removePerson(_ id: Person.ID, from gallery: GalleryInfo) async throws
    /// Removes a template as wholly; its person stays.
    func removeTemplate(_ id: Template.ID, from gallery: GalleryInfo) async throws

    /// Per probe, the `count` people with the nearest templates, nearest first: exactly, and of all templates.
    func nearestPeople(to probes: [[Float]], count: Int, in gallery: GalleryInfo) async throws -> [[PersonMatch]]
    /// Gives a gallery's size, then person after person with all templates, as they are at one moment.
    func read(
        _ gallery: GalleryInfo, size: @Sendable (GallerySize) throws -> Void,
        person: @Sendable (GalleryExport.Entry) throws -> Void
    ) async throws
}

extension GalleryStore {
    /// Returns the gallery of this name; it opens with the model that it pins.
    ///
    /// - Throws: ``GalleryError/noSuchGallery(_:known:)``.
    public func gallery(_ name: String) async throws -> Gallery {
        Gallery(info: try await info(of: GalleryName.normalized(name)), store: self)
    }

    /// Makes a gallery for one model's embeddings.
    ///
    /// - Parameters:
    ///   - name: Not blank, and not taken.
    ///   - model: The model that it pins for good.
    ///   - dimension: Numbers per embedding of that model.
    /// - Throws: ``GalleryError/galleryExists(_:)`` or ``GalleryError/invalidName(_:reason:)``.
    @discardableResult
    public func createGallery(_ name: String, model: ModelIdentity, dimension: Int) async throws -> Gallery {
        precondition(GalleryInfo.dimensions.contains(dimension), "an embedding has 1 to 4096 numbers")
        let name = try GalleryName.checked(name, of: GalleryInfo.nameOfGallery)
        return Gallery(info: try await make(name, model: model, dimension: dimension), store: self)
    }

    /// Returns the gallery of this name for one model's embeddings; it is made where there is none, also if several
    /// processes ask at once.
    ///
    /// An empty gallery of another model is replaced.
    ///
    /// - Parameters:
    ///   - name: Not blank.
    ///   - model: The model that it pins.
    ///   - dimension: Numbers per embedding of that model.
    /// - Throws: ``GalleryError/modelMismatch(gallery:expected:found:)`` if somebody is in it and it pins another
    ///   model, or ``GalleryError/invalidName(_:reason:)``.
    public func openOrCreateGallery(_ name: String, model: ModelIdentity, dimension: Int) async throws -> Gallery {
        precondition(GalleryInfo.dimensions.contains(dimension), "an embedding has 1 to 4096 numbers")
        let name = try GalleryName.checked(name, of: GalleryInfo.nameOfGallery)
        let info = try await findOrMake(name, model: model, dimension: dimension)
        guard info.model == model else {
            throw GalleryError.modelMismatch(gallery: info.name, expected: info.model, found: model)
        }
        return Gallery(info: info, store: self)
    }

    /// Makes a gallery from a file that ``Gallery/export(to:)`` wrote: the whole of it, or nothing.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - name: The gallery's name; its old one where it is `nil`.
    ///   - model: The model that it must be of; `nil` for any.
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
