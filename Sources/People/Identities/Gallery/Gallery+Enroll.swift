public import Faces

extension Gallery {
    /// Adds a face to a person, who is created if not yet in the gallery.
    ///
    /// The change is on the disk when the method returns.
    ///
    /// - Parameters:
    ///   - name: The person's name.
    ///   - embedding: The face's embedding, of the gallery's model.
    ///   - id: The person's id; `nil` for the one person with that name, or a new one.
    ///   - metadata: The metadata to set for the person; other keys do not change.
    ///   - source: The origin of the face, which is stored and checked by the gate.
    ///   - policy: The requirements of the gate.
    /// - Throws: ``GalleryError/enrollmentRefused(_:)`` with all issues, ``GalleryError/invalidName(_:reason:)``,
    ///   ``GalleryError/modelMismatch(gallery:expected:found:)``, ``GalleryError/ambiguousName(_:ids:)`` if several
    ///   people have the name, or ``GalleryError/personExists(id:name:)`` if `id` belongs to a person with another
    ///   name.
    @discardableResult
    public func enroll(
        _ name: String, _ embedding: Embedding, id: Person.ID? = nil, metadata: [String: String] = [:],
        from source: EnrollmentSource = EnrollmentSource(), policy: EnrollmentPolicy = .off
    ) async throws -> Enrollment {
        let name = try GalleryName.checked(name, of: Person.nameOfPerson)
        let id = try id.map { try GalleryName.checked($0, of: Person.nameOfID) }
        let issues = try await issues(enrolling: name, embedding, id: id, from: source, policy: policy)
        guard issues.isEmpty else { throw GalleryError.enrollmentRefused(issues) }
        return try await store.add(
            NewTemplate(name: name, id: id, metadata: metadata, embedding: embedding, source: source), to: info)
    }

    /// Returns all issues for which ``enroll(_:_:id:metadata:from:policy:)`` would refuse a face; empty if it would
    /// not.
    ///
    /// - Throws: ``GalleryError`` if the embedding does not fit the gallery, or the person is ambiguous.
    public func issues(
        enrolling name: String, _ embedding: Embedding, id: Person.ID? = nil,
        from source: EnrollmentSource = EnrollmentSource(), policy: EnrollmentPolicy
    ) async throws -> [EnrollmentIssue] {
        try check(embedding)
        let issues = policy.issues(
            faces: source.faces, context: source.context, shareOutside: source.shareOutside, evidence: source.evidence)
        guard policy.looksAtGallery else { return issues }
        let person = try await id == nil ? knownPerson(named: name) : id
        return issues
            + policy.issues(
                nearest: try await nearest(to: embedding, and: person), person: person, context: source.context)
    }

    /// Returns the few people nearest to a face, and `person`, however distant.
    private func nearest(to embedding: Embedding, and person: Person.ID?) async throws -> [PersonMatch] {
        let count = Self.consideredPeople
        let nearest = try await store.nearestPeople(to: [embedding.values], count: count, in: info).first ?? []
        guard let person, nearest.count == count, !nearest.contains(where: { $0.person.id == person }) else {
            return nearest
        }
        // The person may be anywhere in the ranking.
        let people = max(try await size().people, count)
        let all = try await store.nearestPeople(to: [embedding.values], count: people, in: info).first ?? []
        return nearest + all.dropFirst(count).filter { $0.person.id == person }
    }

    private func knownPerson(named name: String) async throws -> Person.ID? {
        let named = try await people(named: name)
        guard named.count <= 1 else { throw GalleryError.ambiguousName(name, ids: named.map(\.id)) }
        return named.first?.id
    }
}
