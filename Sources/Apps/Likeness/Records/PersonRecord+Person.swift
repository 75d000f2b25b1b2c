public import Identities
public import LikenessRecords

extension PersonRecord {
    /// Creates the record of a person of a gallery.
    public init(_ person: Person) {
        self.init(
            id: person.id, name: person.name, metadata: person.metadata, templates: person.templates,
            created: person.created)
    }
}
