/// What became of one search of a gallery of people.
///
/// People are ranked by their most similar template. A probe whose picture had no face is a search too: it returns
/// nobody.
public struct IdentificationSearch: Codable, Hashable, Sendable {
    /// Who is in the probe.
    public let subject: String
    /// Whether the subject is enrolled: the search is then a mated one.
    public let isMated: Bool
    /// How similar the subject's nearest template is, −1...1; `nil` if the subject is not enrolled or the probe failed.
    public let mate: Float?
    /// The subject's place among the people, from 1; people who are just as similar come first, so that a network that
    /// calls everybody equal is not rewarded.
    ///
    /// `nil` if ``mate`` is.
    public let rank: Int?
    /// How similar the nearest other person is; `nil` if there is nobody else or the probe failed.
    public let highestOther: Float?
    /// Who that is.
    public let nearestOther: String?

    /// The highest similarity of anybody.
    public var highest: Float? { [mate, highestOther].compactMap { $0 }.max() }

    /// Creates a search from the similarity of each enrolled person, such as the outputs of a softmax classifier: that
    /// is closed-set identification too.
    ///
    /// - Parameters:
    ///   - subject: Who is in the probe.
    ///   - similarities: For each person, in the order of `people`.
    ///   - people: The names, each once.
    public init(subject: String, similarities: some Collection<Float>, people: [String]) {
        precondition(similarities.count == people.count, "a similarity for each person")
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
        // The subject itself is among those who are at least as similar.
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

    /// Returns whether the subject is among the first `rank` people and at least as similar as `threshold`.
    public func identifies(threshold: Float, rank: Int) -> Bool {
        guard let mate, let place = self.rank else { return false }
        return mate >= threshold && place <= rank
    }
}
