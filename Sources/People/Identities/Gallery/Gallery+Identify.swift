public import Faces

extension Gallery {
    /// Identifies a face: the nearest person if similar enough, otherwise unknown with the nearest person.
    ///
    /// Each person is represented by the nearest of all templates. The more people a gallery has, the more often a
    /// stranger resembles one of them: see ``GallerySize/falseAlarms(falseMatchRate:)`` for the meaning of a threshold.
    ///
    /// - Parameters:
    ///   - probe: The face's embedding, of the gallery's model.
    ///   - threshold: The cosine similarity from which the face matches; inclusive.
    /// - Throws: ``GalleryError/modelMismatch(gallery:expected:found:)`` if the probe comes from another model.
    public func identify(_ probe: Embedding, threshold: Float) async throws -> Identification {
        Identification(try await candidates(for: probe, count: 1), threshold: threshold)
    }

    /// Identifies several faces in one pass over the gallery.
    public func identify(_ probes: [Embedding], threshold: Float) async throws -> [Identification] {
        try await candidates(for: probes, count: 1).map { Identification($0, threshold: threshold) }
    }

    /// The number of nearest people that a rule considers.
    ///
    /// Their thresholds may differ, and further candidates lower the probability of the nearest.
    static let consideredPeople = 8

    /// Identifies several faces by a rule whose thresholds may depend on the conditions of the faces.
    ///
    /// - Throws: The errors of `identify(_:threshold:)`.
    public func identify(_ probes: [EmbeddedFace], by rule: MatchRule) async throws -> [GalleryAnswer] {
        guard !probes.isEmpty else { return [] }
        let candidates = try await candidates(for: probes.map(\.embedding), count: Self.consideredPeople)
        let people = try await size().people
        return zip(candidates, probes).map { GalleryAnswer($0, of: $1, people: people, by: rule) }
    }

    /// Returns the `count` people nearest to a face, nearest first, however distant; fewer if the gallery has fewer, and
    /// none if `count` is not positive.
    public func candidates(for probe: Embedding, count: Int) async throws -> [Candidate] {
        try await candidates(for: [probe], count: count).first ?? []
    }

    private static let largestUncheckedCount = 1000

    /// Returns the people nearest to each of several faces, in their order.
    public func candidates(for probes: [Embedding], count: Int) async throws -> [[Candidate]] {
        for probe in probes { try check(probe) }
        guard count > 0 else { return probes.map { _ in [] } }
        // An index makes room for as many people as are asked for, so a large count must not exceed the gallery.
        let count = count > Self.largestUncheckedCount ? min(count, try await size().people) : count
        // At least two, for the margin to the runner-up.
        let nearest = try await store.nearestPeople(to: probes.map(\.values), count: max(count, 2), in: info)
        return nearest.map { Array(Candidate.ranked($0).prefix(count)) }
    }
}
