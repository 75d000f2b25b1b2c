public import Evaluation
public import Training

/// Training runs that have ended, side by side: `likeness evaluate runs`.
///
/// The differences are to the first run, seed by seed; their p is after Holm's correction for the number of runs.
public struct RunComparison: Sendable {
    /// A measure of one run.
    public struct Measure: Sendable {
        /// Its values over the seeds.
        public let summary: Evaluation.RunSummary
        /// The difference to the reference over the seeds that both have; `nil` for itself, and for fewer than two seeds.
        public let difference: PairedRunsTest?
        /// The difference's p after Holm's correction for the number of runs.
        public fileprivate(set) var correctedP: Double?
    }

    /// One run.
    public struct Run: Sendable {
        /// The run's seeds, in their order.
        public let seeds: [UInt64]
        /// How long a seed's steps took.
        public let seconds: Evaluation.RunSummary
        /// By name.
        public fileprivate(set) var measures: [String: Measure]
        /// How many seeds it shares with the reference.
        public let shared: Int
    }

    /// The name of the run that the others are compared with.
    public let reference: String
    /// The runs' names in their order.
    public let order: [String]
    /// The measures that count, in their order.
    public let measures: [String]
    /// As in `PairedRunsTest`.
    public let overlap: Double
    /// The intervals' coverage.
    public let level = BinomialInterval.usualLevel
    /// The runs by name.
    public private(set) var runs: [String: Run] = [:]

    /// Compares runs with the first one.
    ///
    /// - Parameters:
    ///   - runs: The runs, the reference first; no two of one name.
    ///   - measures: Those that count; all that all runs have if none are given.
    ///   - overlap: Pictures that a run tests for each that it trains on; 0 if seeds are no folds.
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

    /// Holm's correction, over the runs, measure by measure.
    private mutating func correct() {
        for name in measures {
            let compared = order.filter { runs[$0]?.measures[name]?.difference != nil }
            let p = RankSumTest.holm(compared.compactMap { runs[$0]?.measures[name]?.difference?.p })
            for (run, p) in zip(compared, p) { runs[run]?.measures[name]?.correctedP = p }
        }
    }

    /// Error rates and distances.
    private static func isSmallerBetter(_ name: String) -> Bool {
        ["FNMR", "FMR", "EER", "frechet", "pixels"].contains { name.contains($0) }
    }
}
