import LikenessCommand
import LikenessRecords
import Metaheuristics
import Tuning

extension TuningRecord {
    /// Creates the record of all searches, and of each optimizer over its seeds.
    init(_ tuned: TunedOptimizers, fields: [TunedField], evaluations: Int, population: Int) {
        self.init(
            fields: fields.map(\.variable.name), evaluations: evaluations, population: population,
            searches: tuned.outcomes.map { Search($0) },
            overall: tuned.overall.map {
                Overall(
                    optimizer: $0.optimizer.rawValue, cost: SummaryRecord($0.cost), meanSeconds: $0.meanSeconds,
                    measures: $0.measures)
            })
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
