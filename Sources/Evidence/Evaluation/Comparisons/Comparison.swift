public import Datasets

/// Two pictures that were compared.
public struct Comparison: Hashable, Sendable {
    /// How alike they are, larger is nearer; `nil` if a picture had no face: it never matches.
    ///
    /// Minus infinity is the same as `nil`.
    public var similarity: Float?
    /// Whether both show one person (mated) or two people (impostor).
    public var isMated: Bool
    /// The fold that the pair belongs to, from 0.
    public var fold: Int
    /// Who is in the first picture, where it is known.
    public var personA: String?
    /// Who is in the second picture, where it is known.
    public var personB: String?

    /// Creates a comparison from its parts.
    public init(
        similarity: Float?, isMated: Bool, fold: Int = 0, personA: String? = nil, personB: String? = nil
    ) {
        self.similarity = similarity == -.infinity ? nil : similarity
        self.isMated = isMated
        self.fold = fold
        self.personA = personA
        self.personB = personB
    }
}

extension PairList {
    /// Returns the list's comparisons, in its order.
    ///
    /// - Parameter similarity: How alike the pictures of a pair are; `nil` if one has no face.
    public func comparisons(similarity: (Pair) throws -> Float?) rethrows -> [Comparison] {
        try pairs.map { pair in
            Comparison(
                similarity: try similarity(pair), isMated: pair.isMated, fold: pair.fold, personA: pair.personA,
                personB: pair.personB)
        }
    }
}
