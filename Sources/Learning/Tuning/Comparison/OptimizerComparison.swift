public import Evaluation
public import Metaheuristics
public import Plots

/// Optimizers compared at equal numbers of evaluations: `likeness evaluate optimizers`.
///
/// Every optimizer runs as often, with the seeds 1, 2, …, on every function; the least value found counts. Ranks are by the
/// medians of the runs; whether an optimizer is not worse than the best one is by the rank-sum test at p 0.05 after Holm's
/// correction.
public struct OptimizerComparison: Sendable {
    /// One optimizer on one function.
    public struct Result: Sendable {
        /// The optimizer.
        public let optimizer: OptimizerKind
        /// The least values that it found, over the runs.
        public let summary: Evaluation.RunSummary
        /// Its place among the optimizers by the median, 1 being the best; equal ones share the mean of theirs.
        public let rank: Double
        /// Other measurements of the best numbers found, by name: the mean over the runs.
        public let told: [String: Double]
    }

    /// All optimizers on one function.
    public struct Function: Sendable {
        /// The function's name.
        public let name: String
        /// Whether the least value is in the origin of the coordinates.
        public let isCentered: Bool
        /// In the order of the optimizers.
        public let results: [Result]
        /// How the least value falls: the median over the runs.
        public let plot: Plot
        /// The least values that each optimizer found, one for each run.
        let values: [[Double]]
    }

    /// An optimizer over all functions.
    public struct Overall: Sendable {
        /// The optimizer.
        public let optimizer: OptimizerKind
        /// The mean of its ranks over the functions with the minimum in the origin; `nil` if there are none.
        public let meanRankCentered: Double?
        /// The mean of its ranks over those with the minimum elsewhere: the one that counts.
        public let meanRankShifted: Double
        /// On how many of these it does not differ from the best one.
        public let notWorse: Int
        /// The means that it found, over the functions with the minimum elsewhere: of several folds, the value that they have
        /// in common.
        public let means: Evaluation.RunSummary
        /// Other measurements, over the same functions.
        public let told: [String: Evaluation.RunSummary]
    }

    private let optimizers: [OptimizerKind]
    private let evaluations: Int
    private let population: Int
    private let runs: Int

    /// Creates a comparison.
    ///
    /// - Parameters:
    ///   - optimizers: The optimizers, in the order of the results.
    ///   - evaluations: How many evaluations a run has; `population` or more.
    ///   - population: How many members a population has, 2 or more.
    ///   - runs: How many runs of each optimizer on each function, 2 or more.
    public init(_ optimizers: [OptimizerKind], evaluations: Int, population: Int, runs: Int) {
        precondition(population > 1 && evaluations >= population && runs > 1, "populations and runs of two or more")
        (self.optimizers, self.evaluations) = (optimizers, evaluations)
        (self.population, self.runs) = (population, runs)
    }

    /// Lets every optimizer search for a function's least value.
    ///
    /// - Parameters:
    ///   - function: The function.
    ///   - advance: Is called when all runs of an optimizer are done.
    /// - Throws: `MetaheuristicsError`; `CancellationError`.
    public func measure(_ function: SearchedFunction, advance: () -> Void = {}) async throws -> Function {
        var found: [[SearchResult]] = []
        for optimizer in optimizers {
            found.append(try await searches(optimizer, on: function))
            advance()
        }
        let values = found.map { runs in runs.map { $0.best?.cost ?? .infinity } }
        let summaries = try values.map { try Evaluation.RunSummary($0, smallerIsBetter: true) }
        let ranks = RankSumTest.ranks(of: summaries.map(\.median))
        let results = optimizers.indices.map { index in
            Result(
                optimizer: optimizers[index], summary: summaries[index], rank: ranks[index],
                told: Self.means(of: found[index].map(function.told)))
        }
        return Function(
            name: function.name, isCentered: function.isCentered, results: results,
            plot: plot(function, found.map { $0.map(\.convergence) }), values: values)
    }

    /// All runs of an optimizer on a function; as many run at once as there are cores.
    private func searches(_ optimizer: OptimizerKind, on function: SearchedFunction) async throws -> [SearchResult] {
        try await withThrowingTaskGroup(of: (Int, SearchResult).self) { group in
            for run in 1...runs {
                let search = try Search(
                    function.space, by: optimizer, budget: evaluations, population: population, seed: UInt64(run))
                group.addTask { (run, try await search.run(cost: function.cost)) }
            }
            var found: [Int: SearchResult] = [:]
            for try await (run, result) in group { found[run] = result }
            return (1...runs).compactMap { found[$0] }
        }
    }

    /// The means over the runs of the measurements that all of them have.
    private static func means(of runs: [[String: Double]]) -> [String: Double] {
        var means: [String: Double] = [:]
        for name in runs.first?.keys.sorted() ?? [] {
            let values = runs.compactMap { $0[name] }
            if values.count == runs.count { means[name] = values.reduce(0, +) / Double(values.count) }
        }
        return means
    }

    /// The median over the runs of the least value so far.
    private func plot(_ function: SearchedFunction, _ found: [[[Double]]]) -> Plot {
        let series = zip(optimizers, found).map { optimizer, curves in
            let points = (0..<evaluations).map { step in
                let values = curves.map { $0[step] }.sorted()
                // 0 has no logarithm.
                return Plot.Point(Double(step + 1), max(values[values.count / 2], 1e-16))
            }
            return Plot.Series(optimizer.rawValue, points).thinned()
        }
        let values = series.flatMap { $0.points.map(\.y) }
        return Plot(
            "\(function.name), median of \(runs) runs",
            horizontal: Axis("evaluations", fitting: [0, Double(evaluations)]),
            vertical: function.isMeasured
                ? Axis("least cost", fitting: values) : Axis("least value", scale: .logarithmic, fitting: values),
            series: series)
    }
}

extension OptimizerComparison {
    /// The optimizers over all functions, the best one first.
    ///
    /// - Throws: `EvaluationError` if no function has its minimum away from the origin.
    public func overall(_ functions: [Function]) throws -> [Overall] {
        let shifted = functions.filter { !$0.isCentered }, centered = functions.filter(\.isCentered)
        func mean(_ functions: [Function], _ index: Int) -> Double {
            functions.reduce(0) { $0 + $1.results[index].rank } / Double(functions.count)
        }
        let equals = shifted.map(Self.notWorse)
        return try optimizers.enumerated().map { index, optimizer in
            let results = shifted.map { $0.results[index] }
            let names = results.first?.told.keys.filter { name in results.allSatisfy { $0.told[name] != nil } } ?? []
            return Overall(
                optimizer: optimizer, meanRankCentered: centered.isEmpty ? nil : mean(centered, index),
                meanRankShifted: mean(shifted, index), notWorse: equals.count { $0[index] },
                means: try Evaluation.RunSummary(results.map(\.summary.mean), smallerIsBetter: true),
                told: try Dictionary(
                    uniqueKeysWithValues: names.map { name in
                        (name, try Evaluation.RunSummary(results.compactMap { $0.told[name] }))
                    }))
        }.sorted { $0.meanRankShifted < $1.meanRankShifted }
    }

    /// Which optimizers do not differ from the one with the least median.
    private static func notWorse(_ function: Function) -> [Bool] {
        guard let best = function.results.indices.min(by: { function.results[$0].rank < function.results[$1].rank })
        else { return [] }
        let p = function.values.map { RankSumTest($0, function.values[best]).p }
        return RankSumTest.holm(p).map { $0 >= 0.05 }
    }
}
