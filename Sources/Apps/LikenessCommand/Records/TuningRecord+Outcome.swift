import Evaluation
import LikenessRecords
import Metaheuristics
import Tuning

extension TuningRecord {
    /// What searches found, and each optimizer over its seeds.
    ///
    /// - Throws: `EvaluationError` without an outcome.
    init(_ outcomes: [Tuner.Outcome], fields: [TunedField], evaluations: Int, population: Int) throws {
        let searches = outcomes.map { Search($0) }
        var kinds: [String] = []
        for search in searches where !kinds.contains(search.optimizer) { kinds.append(search.optimizer) }
        let overall = try kinds.map { kind in
            try Overall(kind, searches.filter { $0.optimizer == kind })
        }.sorted { $0.cost.mean < $1.cost.mean }
        self.init(
            fields: fields.map(\.variable.name), evaluations: evaluations, population: population, searches: searches,
            overall: overall)
    }
}

extension TuningRecord.Search {
    fileprivate init(_ outcome: Tuner.Outcome) {
        self.init(
            optimizer: outcome.optimizer.rawValue, seed: outcome.seed,
            best: outcome.best.values.mapValues { SettingRecord($0) }, cost: outcome.best.cost ?? .infinity,
            foundAt: outcome.best.number, failed: outcome.result.evaluations.count { $0.cost == nil },
            seconds: outcome.seconds, measures: outcome.measures,
            convergence: outcome.result.convergence.map { $0.isFinite ? $0 : nil })
    }
}

extension TuningRecord.Overall {
    fileprivate init(_ optimizer: String, _ searches: [TuningRecord.Search]) throws {
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        let names = searches.first.map { Array($0.measures.keys) } ?? []
        self.init(
            optimizer: optimizer,
            cost: SummaryRecord(try RunSummary(searches.map(\.cost), smallerIsBetter: true)),
            meanSeconds: mean(searches.map(\.seconds)),
            measures: Dictionary(
                uniqueKeysWithValues: names.map { name in (name, mean(searches.compactMap { $0.measures[name] })) }))
    }
}
