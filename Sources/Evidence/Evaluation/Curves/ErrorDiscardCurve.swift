import LikenessSupport

/// How the false non-match rate falls if the faces with the lowest scores are refused: an error-versus-discard curve.
///
/// Grother and Tabassi, *Performance of biometric quality measures*, 2007, introduced the curve; ISO/IEC 29794-1:2024
/// standardizes it. Here faces are refused and not pairs, because a gate sees one face at a time. The threshold stays
/// the same, because a product can't know in advance whom it will refuse.
///
/// ```swift
/// let pairs = MatedPairs(people: people, pairs: mated.map { ($0.first, $0.second, $0.similarity < threshold) })
/// let curve = ErrorDiscardCurve(scores: qualities, of: pairs, shares: [0, 0.05, 0.1])
/// print(curve.points[1].falseNonMatchRate ?? 0)
/// ```
public struct ErrorDiscardCurve: Hashable, Sendable {
    /// The result if a share of the faces is refused.
    public struct Point: Hashable, Sendable {
        /// The share of refused faces that was asked for, 0..<1.
        public let share: Double
        /// The number of refused faces.
        public let refused: Int
        /// The number of mated pairs of the remaining faces.
        public let matedPairs: Int
        /// The number of these that do not match.
        public let falseNonMatches: Int

        /// The false non-match rate of the remaining faces; `nil` if they form no pair.
        public var falseNonMatchRate: Double? {
            matedPairs == 0 ? nil : Double(falseNonMatches) / Double(matedPairs)
        }
    }

    /// One point for each share, in the order of the shares.
    public let points: [Point]
    /// The pairs and errors of each person at each point; `nil` if a person has no pair.
    let counts: [[PersonCount]]

    struct PersonCount: Hashable, Sendable {
        var pairs = 0
        var misses = 0
    }

    /// Measures the curve.
    ///
    /// - Parameters:
    ///   - scores: The score of each face. Faces with low scores are refused first; among equal scores, faces are
    ///     chosen at random.
    ///   - pairs: The mated pairs of the faces.
    ///   - shares: The shares of faces to refuse, each 0..<1.
    ///   - seed: The seed for the choice among equal scores.
    /// - Precondition: There is a score for each face.
    public init(scores: [Float], of pairs: MatedPairs, shares: [Double], seed: UInt64 = 1) {
        precondition(scores.count == pairs.people.count, "every face has a score")
        let order = Self.order(scores, seed: seed)
        var place = [Int](repeating: 0, count: order.count)
        for (rank, face) in order.enumerated() { place[face] = rank }
        var points: [Point] = [], counts: [[PersonCount]] = []
        for share in shares {
            precondition((0..<1).contains(share), "a share of refused faces is 0..<1")
            let refused = Int((share * Double(scores.count)).rounded())
            var people = [PersonCount](repeating: PersonCount(), count: pairs.names.count)
            for pair in pairs.pairs where place[pair.first] >= refused && place[pair.second] >= refused {
                let person = pairs.numbers[pair.first]
                people[person].pairs += 1
                if pair.isFalseNonMatch { people[person].misses += 1 }
            }
            points.append(
                Point(
                    share: share, refused: refused, matedPairs: people.reduce(0) { $0 + $1.pairs },
                    falseNonMatches: people.reduce(0) { $0 + $1.misses }))
            counts.append(people)
        }
        (self.points, self.counts) = (points, counts)
    }

    /// Returns the faces by rising score.
    private static func order(_ scores: [Float], seed: UInt64) -> [Int] {
        var order = Array(scores.indices)
        var random = SplitMix64(state: seed)
        order.shuffle(using: &random)
        // The sort of the standard library keeps the order of equal elements.
        return order.sorted { scores[$0] < scores[$1] }
    }
}

/// Faces of people, with all pairs of one person's faces and whether they match.
public struct MatedPairs: Sendable {
    /// Two faces of one person, by their places in the list of faces.
    public struct Pair: Hashable, Sendable {
        /// The first face.
        public let first: Int
        /// The second face.
        public let second: Int
        /// Whether the pair does not match.
        public let isFalseNonMatch: Bool

        /// Creates a pair.
        public init(_ first: Int, _ second: Int, isFalseNonMatch: Bool) {
            (self.first, self.second, self.isFalseNonMatch) = (first, second, isFalseNonMatch)
        }
    }

    /// The person of each face.
    public let people: [String]
    /// The pairs.
    public let pairs: [Pair]
    /// The people, in the order of their first faces.
    let names: [String]
    /// The place of each face's person in ``names``.
    let numbers: [Int]

    /// Creates a list of pairs.
    ///
    /// - Parameters:
    ///   - people: The person of each face.
    ///   - pairs: The pairs of faces of one person.
    /// - Precondition: Both faces of a pair are in `people` and belong to one person.
    public init(people: [String], pairs: [Pair]) {
        for pair in pairs { precondition(people[pair.first] == people[pair.second], "a mated pair has one person") }
        var places: [String: Int] = [:], names: [String] = []
        numbers = people.map { name in
            if let place = places[name] { return place }
            places[name] = names.count
            names.append(name)
            return names.count - 1
        }
        (self.people, self.pairs, self.names) = (people, pairs, names)
    }
}
