import Foundation

// From a store's values to a file's lines and back: what a store needs for `GalleryStore.read` and for importing.

extension GalleryExport.Entry {
    /// A person with all templates, oldest first.
    public init(_ person: Person, templates: [GalleryExport.EntryTemplate]) {
        self.init(
            id: person.id, name: person.name, metadata: person.metadata, created: person.created.milliseconds,
            templates: templates)
    }

    /// The person, as a store keeps it.
    public var person: Person {
        Person(
            id: id, name: name, metadata: metadata, created: Date(milliseconds: created), templates: templates.count)
    }
}

extension GalleryExport.EntryTemplate {
    /// A template with its numbers, of unit length.
    public init(_ template: Template, values: [Float]) {
        self.init(
            vector: values.littleEndianData, label: template.label, digest: template.digest, context: template.context,
            created: template.created.milliseconds)
    }

    /// The template's numbers.
    public var values: [Float] { [Float](littleEndian: vector) }

    /// The template, as a store keeps it under an id of its own.
    public func template(id: Template.ID) -> Template {
        Template(id: id, label: label, digest: digest, context: context, created: Date(milliseconds: created))
    }
}
