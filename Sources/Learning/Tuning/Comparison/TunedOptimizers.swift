public import Evaluation
public import Metaheuristics
public import Plots

/// A comparison of the searches of several optimizers and seeds.
public struct TunedOptimizers: Sendable {
    /// The results of one optimizer over its seeds.
    public struct Overall: Sendable {
        /// The optimizer.
        public let optimizer: OptimizerKind
        /// A summary of the lowest costs.
        public let cost: Evaluation.RunSummary
        /// The mean duration of a search, in seconds.
        public let meanSeconds: Double
        /// The measures of the run with the best values, each as the mean over the seeds.
        public let measures: [String: Double]
    }

    /// The outcomes of the searches, in order.
    public let outcomes: [Tuner.Outcome]
    /// The optimizers, ordered by mean cost, lowest first.
    public let overall: [Overall]

    /// Summarizes searches.
    ///
    /// - Throws: `EvaluationError`.
    public init(_ outcomes: [Tuner.Outcome]) throws {
        self.outcomes = outcomes
        overall = try Self.optimizers(of: outcomes).map { optimizer in
            let own = outcomes.filter { $0.optimizer == optimizer }
            func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
            let names = own.first.map { Array($0.measures.keys) } ?? []
            return Overall(
                optimizer: optimizer,
                cost: try Evaluation.RunSummary(own.map { $0.best.cost ?? .infinity }, smallerIsBetter: true),
                meanSeconds: mean(own.map(\.seconds)),
                measures: Dictionary(
                    uniqueKeysWithValues: names.map { name in (name, mean(own.compactMap { $0.measures[name] })) }))
        }.sorted { $0.cost.mean < $1.cost.mean }
    }

    /// Returns a plot of the lowest cost so far: the median over the seeds.
    ///
    /// - Parameter evaluations: The number of evaluations in each search.
    public func plot(evaluations: Int) -> Plot {
        let optimizers = Self.optimizers(of: outcomes)
        let series = optimizers.map { optimizer in
            let curves = outcomes.filter { $0.optimizer == optimizer }.map(\.result.convergence)
            let points = (0..<evaluations).compactMap { step -> Plot.Point? in
                let values = curves.map { $0[step] }.sorted()
                let middle = values[values.count / 2]
                return middle.isFinite ? Plot.Point(Double(step + 1), middle) : nil
            }
            return Plot.Series(optimizer.rawValue, points)
        }
        let seeds = outcomes.count / max(optimizers.count, 1)
        return Plot(
            seeds > 1 ? "Least cost so far, median of \(seeds) searches" : "Least cost so far",
            horizontal: Axis("evaluations", fitting: [0, Double(evaluations)]),
            vertical: Axis("cost", fitting: series.flatMap { $0.points.map(\.y) }), series: series)
    }

    /// Returns each optimizer once, in the order of the searches.
    private static func optimizers(of outcomes: [Tuner.Outcome]) -> [OptimizerKind] {
        outcomes.map(\.optimizer).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
