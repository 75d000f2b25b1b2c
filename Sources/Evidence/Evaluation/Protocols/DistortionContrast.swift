/// A comparison of two models on the same distorted pairs, each at its own threshold.
public struct DistortionContrast: Codable, Hashable, Sendable {
    /// The result at one strength of one kind, or on unaltered pictures.
    public struct Point: Codable, Hashable, Sendable {
        /// The kind of distortion; `nil` for unaltered pictures.
        public let kind: String?
        /// The strength.
        public let strength: Double?
        /// The test of the difference between the models' correct decisions, on mated and impostor pairs.
        public let mcNemar: McNemarTest
        /// The share of mated pairs that match, with the interval of the difference by resampling people; `nil` if the
        /// pairs do not name people.
        public let trueMatchRate: PairedComparison.Difference?

        enum CodingKeys: String, CodingKey {
            case kind, strength, mcNemar
            case trueMatchRate = "tmr"
        }
    }

    /// The results: unaltered pictures first, then in the order in which they were added.
    public private(set) var points: [Point] = []
    /// The number of bootstrap rounds.
    public let rounds: Int
    /// The coverage of the intervals.
    public let level: Double
    /// The models' thresholds.
    public let thresholds: [Float]

    /// Creates a comparison from the unaltered pairs.
    ///
    /// - Parameters:
    ///   - unaltered: The first and the second model's comparisons of the unaltered pairs, in the same order.
    ///   - thresholds: The threshold of each model.
    ///   - rounds: The number of bootstrap rounds.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError/differentPairs(comparison:)`` if the lists have different pairs.
    public init(
        unaltered: (first: [Comparison], second: [Comparison]), thresholds: (first: Float, second: Float),
        rounds: Int = 1000, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(rounds > 0, "at least one round is needed")
        self.thresholds = [thresholds.first, thresholds.second]
        (self.rounds, self.level) = (rounds, level)
        try add(unaltered, kind: nil, strength: nil)
    }

    /// Adds the result at one strength.
    ///
    /// - Throws: ``EvaluationError``, as ``init(unaltered:thresholds:rounds:level:)`` does.
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
