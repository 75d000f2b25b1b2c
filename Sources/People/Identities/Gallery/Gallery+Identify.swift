public import Faces

extension Gallery {
    /// Who a face is: the nearest person where similar enough, else unknown with the nearest nonetheless.
    ///
    /// Each person counts with the nearest of all templates. The more people a gallery has, the more often a stranger
    /// resembles one of them: see ``GallerySize/falseAlarms(falseMatchRate:)`` for what a threshold means here.
    ///
    /// - Parameters:
    ///   - probe: The face, of the gallery's model.
    ///   - threshold: The cosine similarity from which it is the person; inclusive.
    /// - Throws: ``GalleryError/modelMismatch(gallery:expected:found:)`` if the probe is another model's.
    public func identify(_ probe: Embedding, threshold: Float) async throws -> Identification {
        Identification(try await candidates(for: probe, count: 1), threshold: threshold)
    }

    /// Who each of several faces is, in their order; they share the passes over the gallery.
    public func identify(_ probes: [Embedding], threshold: Float) async throws -> [Identification] {
        try await candidates(for: probes, count: 1).map { Identification($0, threshold: threshold) }
    }

    /// How many of the nearest people are looked at by a rule: the thresholds of two may differ, and who else is near
    /// lowers a probability.
    static let consideredPeople = 8

    /// Who each of several faces is, in their order, by thresholds that may follow how they and the enrolled ones were
    /// seen.
    ///
    /// - Throws: As ``identify(_:threshold:)``.
    public func identify(_ probes: [EmbeddedFace], by rule: MatchRule) async throws -> [GalleryAnswer] {
        guard !probes.isEmpty else { return [] }
        let candidates = try await candidates(for: probes.map(\.embedding), count: Self.consideredPeople)
        let people = try await size().people
        return zip(candidates, probes).map { GalleryAnswer($0, of: $1, people: people, by: rule) }
    }

    /// Returns the `count` people nearest to a face, nearest first, however far; fewer where the gallery has fewer.
    public func candidates(for probe: Embedding, count: Int) async throws -> [Candidate] {
        try await candidates(for: [probe], count: count).first ?? []
    }

    /// Returns the people nearest to each of several faces, in their order.
    public func candidates(for probes: [Embedding], count: Int) async throws -> [[Candidate]] {
        precondition(count > 0, "somebody is asked for")
        for probe in probes { try check(probe) }
        // One more than one, for the margin to the runner-up.
        let nearest = try await store.nearestPeople(to: probes.map(\.values), count: max(count, 2), in: info)
        return nearest.map { Array(Candidate.ranked($0).prefix(count)) }
    }
}
