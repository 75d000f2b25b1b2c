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

    /// - Parameters:
    ///   - comparisons: Comparisons that say who is in them.
    ///   - seeds: One division of the people for each, at least one.
    /// - Throws: ``EvaluationError``, also where a part lacks mated or impostor comparisons.
    public init(
        _ comparisons: [Comparison], division: ResamplingProtocol, seeds: [UInt64] = [1]
    ) throws(EvaluationError) {
        var pairs: [(String, String)] = []
        for comparison in comparisons {
            guard let a = comparison.personA, let b = comparison.personB else { throw .noPeople }
            pairs.append((a, b))
        }
        let people = Set(pairs.flatMap { [$0.0, $0.1] }).sorted()
        var runs: [Run] = [], means: [Double] = []
        for seed in seeds {
            var accuracies: [Double] = []
            for split in try division.subjectDisjoint(labels: people, seed: seed) {
                let training = Set(split.training.map { people[$0] }), test = Set(split.test.map { people[$0] })
                func part(_ side: Set<String>) -> [Comparison] {
                    zip(comparisons, pairs).filter { side.contains($1.0) && side.contains($1.1) }.map(\.0)
                }
                let run = try Self.run(training: part(training), test: part(test), seed: seed)
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
