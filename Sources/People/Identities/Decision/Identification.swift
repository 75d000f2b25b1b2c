/// The result of searching a probe in a gallery.
public enum Identification: Hashable, Sendable {
    /// The nearest person is similar enough.
    case identified(Candidate)
    /// No one in the gallery is similar enough.
    ///
    /// The nearest person is given, unless the gallery is empty.
    case unknown(nearest: Candidate?)

    /// Decides between `candidates`, nearest first.
    init(_ candidates: [Candidate], threshold: Float) {
        if let nearest = candidates.first, nearest.similarity >= threshold {
            self = .identified(nearest)
        } else {
            self = .unknown(nearest: candidates.first)
        }
    }

    /// The nearest person, similar enough or not.
    public var nearest: Candidate? {
        switch self {
        case .identified(let candidate): candidate
        case .unknown(let nearest): nearest
        }
    }

    /// The identified person; `nil` if the probe is unknown.
    public var person: Person? {
        guard case .identified(let candidate) = self else { return nil }
        return candidate.person
    }
}

/// A candidate for a probe's identity.
public struct Candidate: Hashable, Codable, Sendable {
    /// The person.
    public let person: Person
    /// The cosine similarity of the probe and the person's nearest template, −1...1.
    public let similarity: Float
    /// The similarity minus that of the most similar other person; negative for all but the nearest, `nil` if there is
    /// no one else.
    public let margin: Float?
    /// The person's nearest template.
    public let template: Template

    /// Returns the candidates for a probe from the people nearest to it, nearest first.
    static func ranked(_ matches: [PersonMatch]) -> [Candidate] {
        matches.indices.map { place in
            let match = matches[place]
            let other = place > 0 ? matches.first : matches.dropFirst().first
            return Candidate(
                person: match.person, similarity: match.similarity,
                margin: other.map { match.similarity - $0.similarity }, template: match.template)
        }
    }
}

/// A person near a probe, as found by a store.
public struct PersonMatch: Hashable, Sendable {
    /// The person.
    public let person: Person
    /// The person's template nearest to the probe.
    public let template: Template
    /// The cosine similarity of that template and the probe, −1...1.
    public let similarity: Float

    /// Creates a match, for stores.
    public init(person: Person, template: Template, similarity: Float) {
        self.person = person
        self.template = template
        self.similarity = similarity
    }
}
