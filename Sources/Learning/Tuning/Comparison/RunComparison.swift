public import Evaluation
public import Training

/// A comparison of finished training runs: `likeness evaluate runs`.
///
/// The runs are compared with the first one, seed by seed. Holm's correction adjusts the p-values for the number of
/// runs.
public struct RunComparison: Sendable {
    /// A measure of one run.
    public struct Measure: Sendable {
        /// A summary of the values over the seeds.
        public let summary: Evaluation.RunSummary
        /// The difference from the reference over the seeds that both have; `nil` for the reference itself and for
        /// fewer than two common seeds.
        public let difference: PairedRunsTest?
        /// The p-value of the difference after Holm's correction for the number of runs.
        public fileprivate(set) var correctedP: Double?
    }

    /// The results of one run.
    public struct Run: Sendable {
        /// The run's seeds, in order.
        public let seeds: [UInt64]
        /// A summary of the duration of a seed's steps, in seconds.
        public let seconds: Evaluation.RunSummary
        /// The measures by name.
        public fileprivate(set) var measures: [String: Measure]
        /// The number of seeds that the run shares with the reference.
        public let shared: Int
    }

    /// The name of the run with which the others are compared.
    public let reference: String
    /// The names of the runs, in order.
    public let order: [String]
    /// The names of the compared measures, in order.
    public let measures: [String]
    /// The overlap for `PairedRunsTest`: the number of test pictures of a run per training picture.
    public let overlap: Double
    /// The coverage of the intervals.
    public let level = BinomialInterval.usualLevel
    /// The runs by name.
    public private(set) var runs: [String: Run] = [:]

    /// Compares runs with the first one.
    ///
    /// - Parameters:
    ///   - runs: The runs, the reference first; their names must differ.
    ///   - measures: The measures to compare; if empty, all measures that all runs have.
    ///   - overlap: The number of test pictures of a run per training picture; 0 if the seeds are not folds.
    /// - Throws: ``ComparisonError``; `EvaluationError`.
    public init(_ runs: [FinishedRun], measures: [String] = [], overlap: Double = 0) throws {
        guard let first = runs.first else { throw ComparisonError.noRuns }
        if let twice = Dictionary(grouping: runs, by: \.name).first(where: { $1.count > 1 }) {
            throw ComparisonError.twoRuns(twice.key)
        }
        let shared = first.summary.measures.keys.filter { name in
            runs.allSatisfy { $0.summary.measures[name] != nil }
        }.sorted()
        for name in measures where !shared.contains(name) {
            throw ComparisonError.measureOfSome(name, ofAll: shared)
        }
        self.measures = measures.isEmpty ? shared : measures
        (reference, order, self.overlap) = (first.name, runs.map(\.name), overlap)
        for run in runs {
            self.runs[run.name] = try Self.entry(run, beside: first, self.measures, overlap: overlap)
        }
        correct()
    }

    private static func entry(
        _ run: FinishedRun, beside first: FinishedRun, _ names: [String], overlap: Double
    ) throws -> Run {
        let seeds = run.summary.seeds.map(\.seed), others = first.summary.seeds.map(\.seed)
        let pairs = seeds.indices.compactMap { place in
            others.firstIndex(of: seeds[place]).map { (own: place, other: $0) }
        }
        var measures: [String: Measure] = [:]
        for name in names {
            guard let own = run.summary.measures[name]?.values, let others = first.summary.measures[name]?.values
            else { continue }
            let isCompared = run.name != first.name && pairs.count > 1
            measures[name] = Measure(
                summary: try Evaluation.RunSummary(own, smallerIsBetter: isSmallerBetter(name)),
                difference: isCompared
                    ? try PairedRunsTest(pairs.map { others[$0.other] }, pairs.map { own[$0.own] }, overlap: overlap)
                    : nil)
        }
        return Run(
            seeds: seeds,
            seconds: try Evaluation.RunSummary(run.summary.seeds.map(\.seconds), smallerIsBetter: true),
            measures: measures, shared: pairs.count)
    }

    /// Applies Holm's correction over the runs to each measure.
    private mutating func correct() {
        for name in measures {
            let compared = order.filter { runs[$0]?.measures[name]?.difference != nil }
            let p = RankSumTest.holm(compared.compactMap { runs[$0]?.measures[name]?.difference?.p })
            for (run, p) in zip(compared, p) { runs[run]?.measures[name]?.correctedP = p }
        }
    }

    /// Returns whether smaller values of a measure are better, as for error rates and distances.
    private static func isSmallerBetter(_ name: String) -> Bool {
        ["FNMR", "FMR", "EER", "frechet", "pixels"].contains { name.contains($0) }
    }
}
