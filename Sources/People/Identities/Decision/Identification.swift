/// Who a probe is, as far as a gallery can tell.
public enum Identification: Hashable, Sendable {
    /// The nearest person, similar enough.
    case identified(Candidate)
    /// Nobody in the gallery is similar enough; the nearest person nonetheless, unless the gallery is empty.
    case unknown(nearest: Candidate?)

    /// Creates the decision between `candidates`, nearest first.
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

    /// The person that was identified; `nil` if the probe is unknown.
    public var person: Person? {
        guard case .identified(let candidate) = self else { return nil }
        return candidate.person
    }
}

/// A person that a probe may be.
public struct Candidate: Hashable, Codable, Sendable {
    /// The person.
    public let person: Person
    /// Cosine similarity of the probe and the person's nearest template, −1...1.
    public let similarity: Float
    /// How much more similar the probe is to this person than to the most similar other one; negative for all but the
    /// nearest, `nil` if there is nobody else.
    public let margin: Float?
    /// The person's nearest template.
    public let template: Template

    /// Candidates from a probe's nearest persons, nearest first.
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

/// A person near to a probe, as a store finds it.
public struct PersonMatch: Hashable, Sendable {
    /// The person.
    public let person: Person
    /// The person's template that is nearest to the probe.
    public let template: Template
    /// Cosine similarity of that template and the probe, −1...1.
    public let similarity: Float

    /// Creates a match as a store finds it.
    public init(person: Person, template: Template, similarity: Float) {
        self.person = person
        self.template = template
        self.similarity = similarity
    }
}
