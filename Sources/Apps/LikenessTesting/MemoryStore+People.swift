import Faces
import Foundation
public import Identities

extension MemoryStore {
    /// Returns the people of a gallery, sorted by name, then id.
    public func people(in gallery: GalleryInfo) -> [Person] {
        let people = (try? contents(of: gallery)) ?? [:]
        return people.values.map(\.person).sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// Returns the people with this name, sorted by id.
    public func people(named name: String, in gallery: GalleryInfo) -> [Person] {
        people(in: gallery).filter { $0.name == name }
    }

    /// Returns the person with this id; `nil` if there is none.
    public func person(id: Person.ID, in gallery: GalleryInfo) -> Person? {
        (try? contents(of: gallery))?[id]?.person
    }

    /// Returns a person's templates, oldest first.
    public func templates(of person: Person.ID, in gallery: GalleryInfo) throws -> [Template] {
        guard let found = try contents(of: gallery)[person] else {
            throw GalleryError.noSuchPerson(person, gallery: gallery.name)
        }
        return found.templates.map(\.template).sorted { $0.id < $1.id }
    }

    /// Returns a template's values.
    public func values(of template: Template.ID, in gallery: GalleryInfo) throws -> [Float] {
        let all = try contents(of: gallery).values.lazy.flatMap(\.templates)
        guard let found = all.first(where: { $0.template.id == template }) else {
            throw GalleryError.noSuchTemplate(template, gallery: gallery.name)
        }
        return found.values
    }

    /// Adds a template, and its person if new.
    public func add(_ template: NewTemplate, to gallery: GalleryInfo) throws -> Enrollment {
        let source = template.source
        if let context = source.context, !context.isFinite {
            throw GalleryError.invalidVector("the context has an infinite or NaN value")
        }
        let known = try known(template, in: gallery)
        let added = Template(
            id: nextTemplate(), label: source.label, digest: source.digest, context: source.context, created: Self.now)
        var owner =
            known
            ?? StoredPerson(
                key: nextPerson(), id: template.id ?? UUID().uuidString.lowercased(), name: template.name,
                metadata: [:], created: Self.now, templates: [])
        owner.metadata.merge(template.metadata) { _, new in new }
        owner.templates.append(StoredTemplate(template: added, values: template.embedding.values))
        let stored = owner
        try change(gallery) { $0[stored.id] = stored }
        return Enrollment(person: stored.person, template: added, isNewPerson: known == nil)
    }

    /// Returns the person to whom a template belongs; `nil` if it is a new person.
    private func known(_ template: NewTemplate, in gallery: GalleryInfo) throws -> StoredPerson? {
        let people = try contents(of: gallery)
        if let id = template.id {
            guard let found = people[id] else { return nil }
            guard found.name == template.name else { throw GalleryError.personExists(id: id, name: found.name) }
            return found
        }
        let named = people.values.filter { $0.name == template.name }
        guard named.count < 2 else {
            throw GalleryError.ambiguousName(template.name, ids: named.map(\.id).sorted())
        }
        return named.first
    }

    /// Renames a person.
    public func renamePerson(_ id: Person.ID, to name: String, in gallery: GalleryInfo) throws {
        try change(id, in: gallery) { $0.name = name }
    }

    /// Replaces a person's metadata.
    public func setMetadata(
        _ metadata: [String: String], of person: Person.ID, in gallery: GalleryInfo
    ) throws {
        try change(person, in: gallery) { $0.metadata = metadata }
    }

    /// Moves a person's templates to another person, and removes the first. For a metadata key that both have, the
    /// other person's value is kept.
    public func merge(_ person: Person.ID, into other: Person.ID, in gallery: GalleryInfo) throws {
        guard person != other else { return }
        try change(gallery) { people in
            for id in [person, other] where people[id] == nil {
                throw GalleryError.noSuchPerson(id, gallery: gallery.name)
            }
            guard let first = people.removeValue(forKey: person) else { return }
            people[other]?.templates += first.templates
            people[other]?.metadata.merge(first.metadata) { own, _ in own }
        }
    }

    /// Removes a person with all templates.
    public func removePerson(_ id: Person.ID, from gallery: GalleryInfo) throws {
        try change(gallery) { people in
            guard people.removeValue(forKey: id) != nil else {
                throw GalleryError.noSuchPerson(id, gallery: gallery.name)
            }
        }
    }

    /// Removes a template; its person stays.
    public func removeTemplate(_ id: Template.ID, from gallery: GalleryInfo) throws {
        try change(gallery) { people in
            guard let owner = people.values.first(where: { $0.templates.contains { $0.template.id == id } }) else {
                throw GalleryError.noSuchTemplate(id, gallery: gallery.name)
            }
            people[owner.id]?.templates.removeAll { $0.template.id == id }
        }
    }

    /// Returns for each probe the people with the nearest templates, nearest first.
    public func nearestPeople(to probes: [[Float]], count: Int, in gallery: GalleryInfo) throws -> [[PersonMatch]] {
        let people = try contents(of: gallery).values.sorted { $0.key < $1.key }
        return probes.map { probe in
            let matches = people.compactMap { owner in
                owner.templates.map { stored in
                    let similarity = zip(probe, stored.values).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                    return PersonMatch(
                        person: owner.person, template: stored.template,
                        similarity: Float(max(-1, min(1, similarity))))
                }.max { ($0.similarity, -$0.template.id) < ($1.similarity, -$1.template.id) }
            }
            return Array(matches.sorted { $0.similarity > $1.similarity }.prefix(count))
        }
    }

    private func change(
        _ person: Person.ID, in gallery: GalleryInfo, _ body: (inout StoredPerson) -> Void
    ) throws {
        try change(gallery) { people in
            guard var found = people[person] else { throw GalleryError.noSuchPerson(person, gallery: gallery.name) }
            body(&found)
            people[person] = found
        }
    }
}
