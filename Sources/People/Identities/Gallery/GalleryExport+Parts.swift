import Foundation

// Converts a store's values to a file's lines and back: used by stores for `GalleryStore.read` and for importing.

extension GalleryExport.Entry {
    /// Creates an entry for a person with all templates, oldest first.
    public init(_ person: Person, templates: [GalleryExport.EntryTemplate]) {
        self.init(
            id: person.id, name: person.name, metadata: person.metadata, created: person.created.milliseconds,
            templates: templates)
    }

    /// The person in the form of a store.
    public var person: Person {
        Person(
            id: id, name: name, metadata: metadata, created: Date(milliseconds: created), templates: templates.count)
    }
}

extension GalleryExport.EntryTemplate {
    /// Creates an entry from a template and its values, of unit length.
    public init(_ template: Template, values: [Float]) {
        self.init(
            vector: values.littleEndianData, label: template.label, digest: template.digest, context: template.context,
            created: template.created.milliseconds)
    }

    /// The template's values.
    public var values: [Float] { [Float](littleEndian: vector) }

    /// Returns the template in the form of a store, with a new id.
    public func template(id: Template.ID) -> Template {
        Template(id: id, label: label, digest: digest, context: context, created: Date(milliseconds: created))
    }
}
