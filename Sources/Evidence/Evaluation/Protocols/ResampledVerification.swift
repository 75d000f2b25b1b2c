/// Verification under one of the three protocols of FFSSA-GAN (Ghani et al., 2024), over several seeds, with disjoint
/// people.
///
/// The people are divided. The threshold with the highest accuracy on the training people decides the comparisons of
/// the test people. Comparisons between the two sides are left out.
public struct ResampledVerification: Codable, Hashable, Sendable {
    /// The result of one division.
    public struct Run: Codable, Hashable, Sendable {
        /// The seed of the division.
        public let seed: UInt64
        /// The similarity from which two faces match, chosen on the training people.
        public let threshold: Float
        /// The decisions on the test people.
        public let counts: BinaryCounts
        /// The share of correct decisions.
        public let accuracy: Double
        /// The area under the test people's ROC curve.
        public let areaUnderCurve: Double
    }

    /// A measure of the decisions, over all runs in which it is defined.
    public struct Measure: Codable, Hashable, Sendable {
        /// `precision`, `recall`, `specificity` or `f1`, as ``BinaryCounts`` defines them.
        public let name: String
        /// The summary over the runs.
        public let summary: RunSummary
    }

    /// The division of the people.
    public let division: ResamplingProtocol
    /// The results of every division of every seed.
    public let runs: [Run]
    /// The summary of the accuracies of all folds and seeds.
    public let accuracy: RunSummary
    /// The summary of the areas under the curves.
    public let areaUnderCurve: RunSummary
    /// The summary of the accuracies by seed, each the mean over its folds.
    ///
    /// It varies only with the random division.
    public let accuracyBySeed: RunSummary
    /// Further measures of the decisions.
    public let measures: [Measure]

    /// Measures comparisons.
    ///
    /// - Parameters:
    ///   - comparisons: Comparisons with the names of the people.
    ///   - division: The division into training and test data.
    ///   - seeds: The seeds, one for each division, at least one.
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

    /// Measures pictures.
    ///
    /// On each side, as many impostor as mated comparisons are drawn, so that guessing has an accuracy of one half in
    /// parts of any size.
    ///
    /// - Parameters:
    ///   - pictures: Pictures of people, all of one kind.
    ///   - division: The division into training and test data.
    ///   - pairs: The maximum number of mated comparisons of a side; if there are more, they are drawn at random.
    ///   - seeds: The seeds, one for each division and drawing, at least one.
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

    /// Measures every division.
    ///
    /// - Parameters:
    ///   - people: The people.
    ///   - division: The division into training and test data.
    ///   - seeds: The seeds, one for each division.
    ///   - part: Returns the comparisons among some people, drawn by a seed.
    /// - Throws: ``EvaluationError``; errors of `part`.
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
