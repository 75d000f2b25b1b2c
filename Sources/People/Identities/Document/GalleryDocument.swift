import Faces
import Foundation

/// All galleries of a store as one value, for stores that keep their content as a whole.
///
/// A store keeps the value in memory and saves it after every change: see ``GalleryDocumentStore``. Encoded as JSON, a
/// person looks as in a ``GalleryExport``. Decoding checks names, ids and vectors, and throws a `DecodingError` that
/// says what is wrong.
///
/// ```swift
/// let file = URL(filePath: "people.json")
/// let document = try JSONDecoder().decode(GalleryDocument.self, from: Data(contentsOf: file))
/// try JSONEncoder().encode(document).write(to: file, options: .atomic)
/// ```
public struct GalleryDocument: Hashable, Sendable {
    var galleries: [DocumentGallery] = []
    /// The highest ids that were given; ids are never reused.
    var lastGallery: Int64 = 0
    var lastTemplate: Int64 = 0

    /// Creates a document without galleries.
    public init() {}
}

// MARK: The requirements of `GalleryStore` for galleries

extension GalleryDocument {
    /// Returns the properties of all galleries, by name.
    var infos: [GalleryInfo] { galleries.map(\.info).sorted { $0.name < $1.name } }

    func info(of name: String) throws -> GalleryInfo {
        guard let found = galleries.first(where: { $0.name == name }) else {
            throw GalleryError.noSuchGallery(name, known: infos.map(\.name))
        }
        return found.info
    }

    mutating func make(
        _ name: String, model: ModelIdentity, dimension: Int, people: [DocumentPerson] = []
    ) throws -> GalleryInfo {
        try checkFree(name)
        lastGallery += 1
        let gallery = DocumentGallery(
            id: lastGallery, name: name, model: model, dimension: dimension, created: Date().milliseconds,
            people: people)
        galleries.append(gallery)
        return gallery.info
    }

    mutating func findOrMake(_ name: String, model: ModelIdentity, dimension: Int) throws -> GalleryInfo {
        if let found = galleries.first(where: { $0.name == name }) {
            guard found.model != model, found.people.isEmpty else { return found.info }
            galleries.removeAll { $0.id == found.id }
        }
        return try make(name, model: model, dimension: dimension)
    }

    mutating func make(_ name: String, from export: GalleryExport) throws -> GalleryInfo {
        try checkFree(name)
        var people: [DocumentPerson] = []
        var last = lastTemplate
        try export.forEach { entry in
            people.append(
                DocumentPerson(
                    id: entry.id, name: entry.name, metadata: entry.metadata, created: entry.created,
                    templates: entry.templates.map { template in
                        last += 1
                        return DocumentTemplate(template: template.template(id: last), values: template.values)
                    }))
        }
        lastTemplate = last
        return try make(name, model: export.header.model, dimension: export.header.dimension, people: people)
    }

    mutating func renameGallery(_ name: String, to newName: String) throws {
        let id = try info(of: GalleryName.normalized(name)).id
        let newName = try GalleryName.checked(newName, of: GalleryInfo.nameOfGallery)
        guard let place = galleries.firstIndex(where: { $0.id == id }), galleries[place].name != newName else { return }
        try checkFree(newName)
        galleries[place].name = newName
    }

    mutating func removeGallery(_ name: String) throws {
        let id = try info(of: GalleryName.normalized(name)).id
        galleries.removeAll { $0.id == id }
    }

    func size(of gallery: GalleryInfo) throws -> GallerySize {
        let people = try people(of: gallery)
        return GallerySize(people: people.count, templates: people.reduce(0) { $0 + $1.templates.count })
    }

    func read(
        _ gallery: GalleryInfo, size: (GallerySize) throws -> Void, person: (GalleryExport.Entry) throws -> Void
    ) throws {
        try size(self.size(of: gallery))
        for known in try people(of: gallery) {
            try person(
                GalleryExport.Entry(
                    known.person,
                    templates: known.templates.map { GalleryExport.EntryTemplate($0.template, values: $0.values) }))
        }
    }

    private func checkFree(_ name: String) throws {
        guard !galleries.contains(where: { $0.name == name }) else { throw GalleryError.galleryExists(name) }
    }

    // MARK: For people

    /// Returns the people of a gallery in the order of their enrollment.
    func people(of gallery: GalleryInfo) throws -> [DocumentPerson] {
        guard let found = galleries.first(where: { $0.id == gallery.id }) else { throw removed(gallery) }
        return found.people
    }

    private func removed(_ gallery: GalleryInfo) -> GalleryError {
        .noSuchGallery(gallery.name, known: infos.map(\.name))
    }

    mutating func change(_ gallery: GalleryInfo, _ body: (inout [DocumentPerson]) throws -> Void) throws {
        guard let place = galleries.firstIndex(where: { $0.id == gallery.id }) else {
            throw removed(gallery)
        }
        try body(&galleries[place].people)
    }
}
