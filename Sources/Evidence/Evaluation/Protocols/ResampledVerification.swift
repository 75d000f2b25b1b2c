/// Verification by one of paper A's protocols, over several seeds, with disjoint people.
///
/// The people are divided; the threshold that decides most comparisons of the training people rightly decides those of
/// the test people. Comparisons of a person of one side with one of the other belong to neither and are left out.
public struct ResampledVerification: Codable, Hashable, Sendable {
    /// One division.
    public struct Run: Codable, Hashable, Sendable {
        /// The seed of the division.
        public let seed: UInt64
        /// The similarity from which two faces match, from the training people.
        public let threshold: Float
        /// The decisions on the test people.
        public let counts: BinaryCounts
        /// The share of right decisions.
        public let accuracy: Double
        /// The area under the test people's ROC curve.
        public let areaUnderCurve: Double
    }

    /// A ratio of the decisions' counts, over all runs in which it has a denominator.
    public struct Measure: Codable, Hashable, Sendable {
        /// `precision`, `recall`, `specificity` or `f1`, as ``BinaryCounts`` defines them.
        public let name: String
        /// Over the runs.
        public let summary: RunSummary
    }

    /// How the people were divided.
    public let division: ResamplingProtocol
    /// Every division of every seed.
    public let runs: [Run]
    /// The accuracies: with several folds and seeds, of all of them.
    public let accuracy: RunSummary
    /// The areas under the curves.
    public let areaUnderCurve: RunSummary
    /// The accuracy of each seed, the mean over its folds: what varies by chance of the division alone.
    public let accuracyBySeed: RunSummary
    /// What else papers report of the decisions.
    public let measures: [Measure]

    /// - Parameters:
    ///   - comparisons: Comparisons that say who is in them.
    ///   - seeds: One division of the people for each, at least one.
    /// - Throws: ``EvaluationError``, also if a part lacks mated or impostor comparisons.
    public init(
        _ comparisons: [Comparison], division: ResamplingProtocol, seeds: [UInt64] = [1]
    ) throws(EvaluationError) {
        var pairs: [(String, String)] = []
        for comparison in comparisons {
            guard let a = comparison.personA, let b = comparison.personB else { throw .noPeople }
            pairs.append((a, b))
        }
        let people = Set(pairs.flatMap { [$0.0, $0.1] })
        try self.init(people: people, division: division, seeds: seeds) { side, _ in
            zip(comparisons, pairs).filter { side.contains($1.0) && side.contains($1.1) }.map(\.0)
        }
    }

    /// From pictures: of each side's people as many impostor comparisons as mated ones are drawn, so that half of the
    /// decisions would be right by guessing, in large parts and in small ones.
    ///
    /// - Parameters:
    ///   - pictures: Pictures of people, all of one kind.
    ///   - pairs: How many mated comparisons of a side at most, drawn at random where there are more.
    ///   - seeds: One division and drawing for each, at least one.
    /// - Throws: ``EvaluationError``, also if a part has no mated or no impostor comparison.
    public init(
        _ pictures: [PairSample.Picture], division: ResamplingProtocol, pairs: Int, seeds: [UInt64] = [1]
    ) throws(EvaluationError) {
        let byPerson = Dictionary(grouping: pictures, by: \.person)
        try self.init(people: Set(byPerson.keys), division: division, seeds: seeds) {
            side, seed throws(EvaluationError) in
            let part = side.sorted().flatMap { byPerson[$0] ?? [] }
            let mated = side.reduce(0) { sum, person in
                let count = byPerson[person]?.count ?? 0
                return sum + count * (count - 1) / 2
            }
            guard mated > 0 else { throw .noMatedPairs }
            let count = min(mated, pairs)
            return try PairSample(part, impostors: count, mated: count, seed: seed).comparisons.map(\.comparison)
        }
    }

    /// - Parameter part: The comparisons among some people, by a seed.
    private init(
        people: Set<String>, division: ResamplingProtocol, seeds: [UInt64],
        part: (_ side: Set<String>, _ seed: UInt64) throws(EvaluationError) -> [Comparison]
    ) throws(EvaluationError) {
        let people = people.sorted()
        var runs: [Run] = [], means: [Double] = []
        for seed in seeds {
            var accuracies: [Double] = []
            for split in try division.subjectDisjoint(labels: people, seed: seed) {
                let training = Set(split.training.map { people[$0] }), test = Set(split.test.map { people[$0] })
                let run = try Self.run(training: try part(training, seed), test: try part(test, seed), seed: seed)
                runs.append(run)
                accuracies.append(run.accuracy)
            }
            means.append(accuracies.reduce(0, +) / Double(accuracies.count))
        }
        self.division = division
        self.runs = runs
        accuracy = try RunSummary(runs.map(\.accuracy))
        areaUnderCurve = try RunSummary(runs.map(\.areaUnderCurve))
        accuracyBySeed = try RunSummary(means)
        measures = try Self.measures(runs)
    }

    private static func measures(_ runs: [Run]) throws(EvaluationError) -> [Measure] {
        let ratios: [(name: String, of: (BinaryCounts) -> Double?)] = [
            ("precision", \.precision), ("recall", \.recall), ("specificity", \.specificity), ("f1", \.f1),
        ]
        var measures: [Measure] = []
        for ratio in ratios {
            let values = runs.compactMap { ratio.of($0.counts) }
            if !values.isEmpty { measures.append(Measure(name: ratio.name, summary: try RunSummary(values))) }
        }
        return measures
    }

    private static func run(
        training: [Comparison], test: [Comparison], seed: UInt64
    ) throws(EvaluationError) -> Run {
        let threshold = ThresholdSearch.bestThreshold(try RankedComparisons(training), weights: nil) { _ in true }
        let counts = BinaryCounts(test, threshold: threshold)
        return Run(
            seed: seed, threshold: threshold, counts: counts, accuracy: counts.accuracy ?? 0,
            areaUnderCurve: try OperatingCurve(test).areaUnderCurve)
    }
}
