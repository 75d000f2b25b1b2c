public import Identities
public import LikenessRecords

extension PersonRecord {
    /// A person of a gallery.
    public init(_ person: Person) {
        self.init(
            id: person.id, name: person.name, metadata: person.metadata, templates: person.templates,
            created: person.created)
    }
}
