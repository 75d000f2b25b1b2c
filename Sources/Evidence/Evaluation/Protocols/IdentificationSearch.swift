/// The result of one search in a gallery of people.
///
/// People are ranked by their most similar template. A probe whose picture has no face also counts as a search, which
/// returns no one.
public struct IdentificationSearch: Codable, Hashable, Sendable {
    /// The person in the probe.
    public let subject: String
    /// Whether the subject is enrolled, which makes the search mated.
    public let isMated: Bool
    /// The similarity of the subject's nearest template, −1...1; `nil` if the subject is not enrolled or the probe
    /// failed.
    public let mate: Float?
    /// The subject's rank among the people, from 1; `nil` if ``mate`` is `nil`.
    ///
    /// Other people with the same similarity rank before the subject, so that a network that finds everyone equally
    /// similar has no advantage.
    public let rank: Int?
    /// The similarity of the nearest other person; `nil` if there is no one else or the probe failed.
    public let highestOther: Float?
    /// The nearest other person.
    public let nearestOther: String?

    /// The highest similarity of any person.
    public var highest: Float? { [mate, highestOther].compactMap { $0 }.max() }

    /// Creates a search from the similarity of each enrolled person, such as the outputs of a softmax classifier, which
    /// is closed-set identification too.
    ///
    /// - Parameters:
    ///   - subject: The person in the probe.
    ///   - similarities: The similarity of each person, in the order of `people`.
    ///   - people: The distinct names.
    public init(subject: String, similarities: some Collection<Float>, people: [String]) {
        precondition(similarities.count == people.count, "each person needs a similarity")
        var mate: Float?, highest: (person: String, similarity: Float)?
        for (person, similarity) in zip(people, similarities) {
            if person == subject {
                mate = similarity
            } else if similarity > highest?.similarity ?? -.infinity {
                highest = (person, similarity)
            }
        }
        self.subject = subject
        self.mate = mate
        isMated = mate != nil
        // The count includes the subject.
        rank = mate.map { mate in similarities.count { $0 >= mate } }
        highestOther = highest?.similarity
        nearestOther = highest?.person
    }

    /// Creates a search whose probe could not be used.
    public init(failed subject: String, isMated: Bool) {
        self.subject = subject
        self.isMated = isMated
        (mate, rank, highestOther, nearestOther) = (nil, nil, nil, nil)
    }

    /// Returns whether the subject is among the first `rank` people, with a similarity of at least `threshold`.
    public func identifies(threshold: Float, rank: Int) -> Bool {
        guard let mate, let place = self.rank else { return false }
        return mate >= threshold && place <= rank
    }
}
