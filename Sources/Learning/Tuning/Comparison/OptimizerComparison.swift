public import Evaluation
public import Metaheuristics
public import Plots

/// A comparison of optimizers with equal numbers of evaluations: `likeness evaluate optimizers`.
///
/// Every optimizer runs the same number of times on every function, with the seeds 1, 2, …. The result of a run is the
/// lowest value found. Optimizers are ranked by the median over their runs. An optimizer counts as not worse than the
/// best one if the rank-sum test gives p ≥ 0.05 after Holm's correction.
public struct OptimizerComparison: Sendable {
    /// The result of one optimizer on one function.
    public struct Result: Sendable {
        /// The optimizer.
        public let optimizer: OptimizerKind
        /// A summary of the lowest values found, over the runs.
        public let summary: Evaluation.RunSummary
        /// The rank among the optimizers by median; 1 is the best. Equal optimizers share the mean of their ranks.
        public let rank: Double
        /// Further measurements at the best values found, by name, each as the mean over the runs.
        public let told: [String: Double]
    }

    /// The results of all optimizers on one function.
    public struct Function: Sendable {
        /// The function's name.
        public let name: String
        /// Whether the minimum is at the origin of the coordinates.
        public let isCentered: Bool
        /// The results, in the order of the optimizers.
        public let results: [Result]
        /// A plot of the lowest value so far over the evaluations: the median over the runs.
        public let plot: Plot
        /// The lowest values that each optimizer found, one for each run.
        let values: [[Double]]
    }

    /// The results of one optimizer over all functions.
    public struct Overall: Sendable {
        /// The optimizer.
        public let optimizer: OptimizerKind
        /// The mean rank over the functions with the minimum at the origin; `nil` if there are none.
        public let meanRankCentered: Double?
        /// The mean rank over the functions with the minimum elsewhere. Optimizers are ordered by it.
        public let meanRankShifted: Double
        /// The number of these functions on which the optimizer is not worse than the best one.
        public let notWorse: Int
        /// A summary of the optimizer's mean values over the functions with the minimum elsewhere. If the functions are
        /// the folds of one task, this is the value over all folds.
        public let means: Evaluation.RunSummary
        /// Further measurements by name, over the same functions.
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
    ///   - evaluations: The number of evaluations in a run; at least `population`.
    ///   - population: The number of members in a population; at least 2.
    ///   - runs: The number of runs of each optimizer on each function; at least 2.
    public init(_ optimizers: [OptimizerKind], evaluations: Int, population: Int, runs: Int) {
        precondition(
            population > 1 && evaluations >= population && runs > 1,
            "population and runs must be at least 2, and evaluations at least population")
        (self.optimizers, self.evaluations) = (optimizers, evaluations)
        (self.population, self.runs) = (population, runs)
    }

    /// Runs every optimizer on a function.
    ///
    /// - Parameters:
    ///   - function: The function.
    ///   - advance: Called when all runs of an optimizer have finished.
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

    /// Returns the results of all runs of an optimizer on a function. Runs are parallel on all cores.
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

    /// Returns the means over the runs of the measurements that all runs have.
    private static func means(of runs: [[String: Double]]) -> [String: Double] {
        var means: [String: Double] = [:]
        for name in runs.first?.keys.sorted() ?? [] {
            let values = runs.compactMap { $0[name] }
            if values.count == runs.count { means[name] = values.reduce(0, +) / Double(values.count) }
        }
        return means
    }

    /// Returns a plot of the lowest value so far: the median over the runs.
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
    /// Returns the optimizers over all functions, the best one first.
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

    /// Returns, for each optimizer, whether it does not differ significantly from the one with the best rank.
    private static func notWorse(_ function: Function) -> [Bool] {
        guard let best = function.results.indices.min(by: { function.results[$0].rank < function.results[$1].rank })
        else { return [] }
        let p = function.values.map { RankSumTest($0, function.values[best]).p }
        return RankSumTest.holm(p).map { $0 >= 0.05 }
    }
}
