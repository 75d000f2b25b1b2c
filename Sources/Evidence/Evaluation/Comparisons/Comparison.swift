public import Datasets

/// A comparison of two pictures.
public struct Comparison: Hashable, Sendable {
    /// The similarity, larger for more similar; `nil` if a picture has no face.
    ///
    /// Such a comparison never matches.
    ///
    /// Minus infinity has the same meaning as `nil`.
    public var similarity: Float?
    /// Whether both show one person (mated) or two people (impostor).
    public var isMated: Bool
    /// The fold of the pair, from 0.
    public var fold: Int
    /// The person in the first picture, if known.
    public var personA: String?
    /// The person in the second picture, if known.
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
    /// - Parameter similarity: Returns the similarity of a pair's pictures; `nil` if one has no face.
    public func comparisons(similarity: (Pair) throws -> Float?) rethrows -> [Comparison] {
        try pairs.map { pair in
            Comparison(
                similarity: try similarity(pair), isMated: pair.isMated, fold: pair.fold, personA: pair.personA,
                personB: pair.personB)
        }
    }
}
