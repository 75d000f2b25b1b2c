/// Two models on the same spoiled pairs, each at its own threshold: which bears more?
public struct DistortionContrast: Codable, Hashable, Sendable {
    /// One strength of one kind, or the pictures as they are.
    public struct Point: Codable, Hashable, Sendable {
        /// What was done; `nil` for the pictures as they are.
        public let kind: String?
        /// How strongly.
        public let strength: Double?
        /// Which pairs, of one person and of two, each model decides rightly.
        public let mcNemar: McNemarTest
        /// The share of pairs of one person that match, with the interval of the difference by drawing people; `nil` if
        /// the pairs do not say who is in them.
        public let trueMatchRate: PairedComparison.Difference?

        enum CodingKeys: String, CodingKey {
            case kind, strength, mcNemar
            case trueMatchRate = "tmr"
        }
    }

    /// The pictures as they are first, then in the order in which they were added.
    public private(set) var points: [Point] = []
    /// How often people were drawn.
    public let rounds: Int
    /// The coverage of the intervals.
    public let level: Double
    /// The models' thresholds.
    public let thresholds: [Float]

    /// - Parameters:
    ///   - unaltered: What the first and the second model say of the pairs as they are, in the same order.
    ///   - thresholds: The threshold of each.
    ///   - rounds: How often to draw people.
    /// - Throws: ``EvaluationError/differentPairs(comparison:)`` if the lists are not of the same pairs.
    public init(
        unaltered: (first: [Comparison], second: [Comparison]), thresholds: (first: Float, second: Float),
        rounds: Int = 1000, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(rounds > 0, "a round or more")
        self.thresholds = [thresholds.first, thresholds.second]
        (self.rounds, self.level) = (rounds, level)
        try add(unaltered, kind: nil, strength: nil)
    }

    /// Adds one strength.
    ///
    /// - Throws: As ``init(unaltered:thresholds:rounds:level:)`` does.
    public mutating func add(
        _ altered: (first: [Comparison], second: [Comparison]), kind: String?, strength: Double?
    ) throws(EvaluationError) {
        try PairedComparison.check(altered.first, altered.second, level: level)
        let right = (
            altered.first.map { $0.isRight(at: thresholds[0]) }, altered.second.map { $0.isRight(at: thresholds[1]) }
        )
        let mated = altered.first.indices.filter { altered.first[$0].isMated }
        let people = mated.compactMap { altered.first[$0].personA }
        var difference: PairedComparison.Difference?
        if people.count == mated.count, !mated.isEmpty {
            difference = try PairedComparison.Difference(
                "true match rate", rightly: mated.map { right.0[$0] }, and: mated.map { right.1[$0] }, subjects: people,
                rounds: rounds, level: level)
        }
        points.append(
            Point(
                kind: kind, strength: strength, mcNemar: McNemarTest(first: right.0, second: right.1),
                trueMatchRate: difference))
    }
}
