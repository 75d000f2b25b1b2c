/// Error-versus-discard curves of several scores on the same faces, with intervals.
///
/// People are drawn with replacement (``SubjectResampling``), so that intervals account for pairs that share a person.
public struct ErrorDiscardReport: Sendable {
    /// The curve of one score.
    public struct Criterion: Sendable {
        /// The score's name.
        public let name: String
        /// The curve.
        public let curve: ErrorDiscardCurve
        /// For each point, how far the false non-match rate falls below that of all faces, as a share of it; `nil` if
        /// either rate is unknown or that of all faces is 0.
        public let falls: [Double?]
        /// The intervals of ``falls``.
        public let fallIntervals: [SubjectBootstrap.Interval?]
        /// For each point, the fall of the first criterion minus this one's; `nil` for the first criterion.
        public let leads: [Double?]
        /// The intervals of ``leads``.
        public let leadIntervals: [SubjectBootstrap.Interval?]
    }

    /// The criteria, in the order given.
    public let criteria: [Criterion]
    /// The number of faces.
    public let faces: Int
    /// The number of people who have a mated pair.
    public let people: Int
    /// The number of mated pairs of all faces.
    public let matedPairs: Int
    /// The number of these that do not match.
    public let falseNonMatches: Int

    /// The shares of refused faces that are usually reported.
    public static let usualShares = [0.01, 0.02, 0.05, 0.1, 0.2]

    /// Measures the curves.
    ///
    /// - Parameters:
    ///   - scores: The scores of each criterion, one for each face.
    ///   - pairs: The mated pairs of the faces.
    ///   - shares: The shares of faces to refuse, each 0..<1.
    ///   - rounds: The number of bootstrap rounds; 0 for no intervals.
    ///   - seed: The seed of the random numbers.
    /// - Throws: ``EvaluationError/noMatedPairs``.
    public init(
        _ scores: [(name: String, values: [Float])], of pairs: MatedPairs, shares: [Double] = usualShares,
        rounds: Int = 1000, seed: UInt64 = 1
    ) throws(EvaluationError) {
        guard !pairs.pairs.isEmpty else { throw .noMatedPairs }
        let curves = scores.map { ErrorDiscardCurve(scores: $0.values, of: pairs, shares: [0] + shares, seed: seed) }
        // Without refusals, all criteria have the same counts.
        let all = curves.first?.counts[0] ?? []
        let subjects = all.indices.filter { all[$0].pairs > 0 }
        let even = [Int](repeating: 1, count: subjects.count)
        func fall(_ curve: ErrorDiscardCurve, _ point: Int, _ weights: [Int]) -> Double? {
            var before = (pairs: 0, misses: 0), after = (pairs: 0, misses: 0)
            for (place, person) in subjects.enumerated() {
                let weight = weights[place], rest = curve.counts[point][person]
                before.pairs += weight * all[person].pairs
                before.misses += weight * all[person].misses
                after.pairs += weight * rest.pairs
                after.misses += weight * rest.misses
            }
            guard before.misses > 0, after.pairs > 0 else { return nil }
            let rates = (Double(before.misses) / Double(before.pairs), Double(after.misses) / Double(after.pairs))
            return 1 - rates.1 / rates.0
        }
        var drawn: [[Int]] = []
        var random = SubjectResampling(subjects: subjects.map { pairs.names[$0] }, seed: seed)
        for _ in 0..<rounds { drawn.append(random.weights()) }
        func interval(_ statistic: ([Int]) -> Double?) -> SubjectBootstrap.Interval? {
            let values = drawn.compactMap(statistic)
            return values.isEmpty ? nil : SubjectBootstrap.Interval(values, level: BinomialInterval.usualLevel)
        }
        let places = 1..<shares.count + 1
        criteria = zip(scores, curves).enumerated().map { number, entry in
            let (score, curve) = entry
            func lead(_ point: Int, _ weights: [Int]) -> Double? {
                guard number > 0, let first = fall(curves[0], point, weights), let own = fall(curve, point, weights)
                else { return nil }
                return first - own
            }
            return Criterion(
                name: score.name, curve: curve,
                falls: [0] + places.map { fall(curve, $0, even) },
                fallIntervals: [nil] + places.map { point in interval { fall(curve, point, $0) } },
                leads: [nil] + places.map { lead($0, even) },
                leadIntervals: [nil]
                    + places.map { point in number == 0 ? nil : interval { lead(point, $0) } })
        }
        faces = pairs.people.count
        people = subjects.count
        matedPairs = all.reduce(0) { $0 + $1.pairs }
        falseNonMatches = all.reduce(0) { $0 + $1.misses }
    }
}
