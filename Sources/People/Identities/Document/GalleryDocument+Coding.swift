import Faces
import Foundation

/// A gallery in a document. Times are in milliseconds since 1970.
struct DocumentGallery: Hashable, Codable, Sendable {
    let id: GalleryInfo.ID
    var name: String
    let model: ModelIdentity
    let dimension: Int
    let created: Int64
    /// In the order of their enrollment.
    var people: [DocumentPerson]

    var info: GalleryInfo {
        GalleryInfo(id: id, name: name, model: model, dimension: dimension, created: Date(milliseconds: created))
    }
}

/// A person in a document.
struct DocumentPerson: Hashable, Codable, Sendable {
    let id: Person.ID
    var name: String
    var metadata: [String: String]
    let created: Int64
    var templates: [DocumentTemplate]

    var person: Person {
        Person(
            id: id, name: name, metadata: metadata, created: Date(milliseconds: created), templates: templates.count)
    }
}

/// A template in a document, with its values. Encoded, it is the template of an export and its id.
struct DocumentTemplate: Hashable, Codable, Sendable {
    let template: Template
    let values: [Float]

    private enum Key: CodingKey { case id }

    init(template: Template, values: [Float]) {
        self.template = template
        self.values = values
    }

    init(from decoder: any Decoder) throws {
        let content = try GalleryExport.EntryTemplate(from: decoder)
        template = content.template(id: try decoder.container(keyedBy: Key.self).decode(Template.ID.self, forKey: .id))
        values = content.values
    }

    func encode(to encoder: any Encoder) throws {
        try GalleryExport.EntryTemplate(template, values: values).encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(template.id, forKey: .id)
    }
}

extension GalleryDocument: Codable {
    private static let version = 1

    private enum Key: CodingKey { case version, lastGallery, lastTemplate, galleries }

    /// Reads and checks a document.
    ///
    /// - Throws: `DecodingError`, also if the document is of a newer version.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let version = try container.decode(Int.self, forKey: .version)
        func invalid(_ reason: String) -> DecodingError {
            .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: reason))
        }
        guard version == Self.version else {
            throw invalid("the document's version is \(version), and this program reads version \(Self.version)")
        }
        lastGallery = try container.decode(Int64.self, forKey: .lastGallery)
        lastTemplate = try container.decode(Int64.self, forKey: .lastTemplate)
        galleries = try container.decode([DocumentGallery].self, forKey: .galleries)
        if let fault = fault() { throw invalid(fault) }
    }

    /// Writes the document.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(lastGallery, forKey: .lastGallery)
        try container.encode(lastTemplate, forKey: .lastTemplate)
        try container.encode(galleries, forKey: .galleries)
    }

    /// Returns the first fault of a decoded document; `nil` if it is sound.
    private func fault() -> String? {
        let templates = galleries.flatMap(\.people).flatMap(\.templates).map(\.template.id)
        guard Set(galleries.map(\.id)).count == galleries.count, Set(galleries.map(\.name)).count == galleries.count
        else { return "two galleries have the same id or name" }
        guard Set(templates).count == templates.count else { return "two templates have the same id" }
        func isSound(_ ids: [Int64], upTo last: Int64) -> Bool {
            // Room is left for further ids.
            (0..<Int64.max / 2).contains(last) && ids.allSatisfy { $0 > 0 && $0 <= last }
        }
        guard isSound(galleries.map(\.id), upTo: lastGallery), isSound(templates, upTo: lastTemplate) else {
            return "an id is not positive, or is higher than the last one"
        }
        return galleries.lazy.compactMap(Self.fault).first
    }

    private static func fault(of gallery: DocumentGallery) -> String? {
        func isStored(_ name: String) -> Bool { (try? GalleryName.checked(name, of: "")) == name }
        guard isStored(gallery.name) else { return "a gallery's name is invalid" }
        guard GalleryInfo.dimensions.contains(gallery.dimension) else {
            return "gallery '\(gallery.name)' has \(gallery.dimension) numbers per embedding"
        }
        guard Set(gallery.people.map(\.id)).count == gallery.people.count else {
            return "two people of gallery '\(gallery.name)' have the same id"
        }
        for person in gallery.people {
            guard isStored(person.name), isStored(person.id) else {
                return "a person's name or id in gallery '\(gallery.name)' is invalid"
            }
            for known in person.templates
            where known.values.count != gallery.dimension || !known.values.withUnsafeBufferPointer(VectorIndex.isUnit) {
                return "template \(known.template.id) is not a unit vector of \(gallery.dimension) numbers"
            }
        }
        return nil
    }
}
