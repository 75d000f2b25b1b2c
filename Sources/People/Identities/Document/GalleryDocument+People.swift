import Faces
import Foundation

// The requirements of `GalleryStore` for people and templates. A method that throws has changed nothing.

extension GalleryDocument {
    /// Returns the people of a gallery, by name, then id.
    func sortedPeople(of gallery: GalleryInfo) throws -> [Person] {
        try people(of: gallery).map(\.person).sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    func templates(of person: Person.ID, in gallery: GalleryInfo) throws -> [Template] {
        guard let found = try people(of: gallery).first(where: { $0.id == person }) else {
            throw GalleryError.noSuchPerson(person, gallery: gallery.name)
        }
        return found.templates.map(\.template)
    }

    func values(of template: Template.ID, in gallery: GalleryInfo) throws -> [Float] {
        let all = try people(of: gallery).lazy.flatMap(\.templates)
        guard let found = all.first(where: { $0.template.id == template }) else {
            throw GalleryError.noSuchTemplate(template, gallery: gallery.name)
        }
        return found.values
    }

    mutating func add(_ new: NewTemplate, to gallery: GalleryInfo) throws -> Enrollment {
        if let context = new.source.context, !context.isFinite {
            throw GalleryError.invalidVector("the context has a number that is not finite")
        }
        let now = Date().milliseconds
        let known = try known(new, in: gallery)
        var person =
            known
            ?? DocumentPerson(
                id: new.id ?? UUID().uuidString.lowercased(), name: new.name, metadata: [:], created: now, templates: []
            )
        lastTemplate += 1
        let template = Template(
            id: lastTemplate, label: new.source.label, digest: new.source.digest, context: new.source.context,
            created: Date(milliseconds: now))
        person.metadata.merge(new.metadata) { _, later in later }
        person.templates.append(DocumentTemplate(template: template, values: new.embedding.values))
        try change(gallery) { people in
            if let place = people.firstIndex(where: { $0.id == person.id }) {
                people[place] = person
            } else {
                people.append(person)
            }
        }
        return Enrollment(person: person.person, template: template, isNewPerson: known == nil)
    }

    /// Returns the person to whom a template belongs; `nil` if it is a new person.
    private func known(_ new: NewTemplate, in gallery: GalleryInfo) throws -> DocumentPerson? {
        let people = try people(of: gallery)
        if let id = new.id {
            guard let found = people.first(where: { $0.id == id }) else { return nil }
            guard found.name == new.name else { throw GalleryError.personExists(id: id, name: found.name) }
            return found
        }
        let named = people.filter { $0.name == new.name }
        guard named.count < 2 else { throw GalleryError.ambiguousName(new.name, ids: named.map(\.id).sorted()) }
        return named.first
    }

    mutating func change(
        _ id: Person.ID, in gallery: GalleryInfo, _ body: (inout DocumentPerson) -> Void
    ) throws {
        try change(gallery) { people in
            body(&people[try Self.place(of: id, among: people, gallery)])
        }
    }

    mutating func merge(_ id: Person.ID, into other: Person.ID, in gallery: GalleryInfo) throws {
        guard id != other else { return }
        try change(gallery) { people in
            let from = try Self.place(of: id, among: people, gallery)
            let to = try Self.place(of: other, among: people, gallery)
            people[to].templates += people[from].templates
            people[to].templates.sort { $0.template.id < $1.template.id }
            people[to].metadata.merge(people[from].metadata) { own, _ in own }
            people.remove(at: from)
        }
    }

    mutating func removePerson(_ id: Person.ID, from gallery: GalleryInfo) throws {
        try change(gallery) { people in people.remove(at: try Self.place(of: id, among: people, gallery)) }
    }

    mutating func removeTemplate(_ id: Template.ID, from gallery: GalleryInfo) throws {
        try change(gallery) { people in
            let owner = people.firstIndex { $0.templates.contains { $0.template.id == id } }
            guard let owner else { throw GalleryError.noSuchTemplate(id, gallery: gallery.name) }
            people[owner].templates.removeAll { $0.template.id == id }
        }
    }

    /// Compares every probe with every template.
    func nearestPeople(to probes: [[Float]], count: Int, in gallery: GalleryInfo) throws -> [[PersonMatch]] {
        let people = try people(of: gallery)
        return probes.map { probe in
            let matches = people.compactMap { person in
                person.templates.map { known in
                    let similarity = zip(probe, known.values).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                    return PersonMatch(
                        person: person.person, template: known.template,
                        similarity: Float(max(-1, min(1, similarity))))
                }.max { ($0.similarity, -$0.template.id) < ($1.similarity, -$1.template.id) }
            }
            return Array(matches.sorted { $0.similarity > $1.similarity }.prefix(count))
        }
    }

    private static func place(
        of id: Person.ID, among people: [DocumentPerson], _ gallery: GalleryInfo
    ) throws -> Int {
        guard let place = people.firstIndex(where: { $0.id == id }) else {
            throw GalleryError.noSuchPerson(id, gallery: gallery.name)
        }
        return place
    }
}
