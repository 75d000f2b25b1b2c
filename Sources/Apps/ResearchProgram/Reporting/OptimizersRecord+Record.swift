import LikenessCommand
import LikenessRecords
import Metaheuristics

extension OptimizersEvaluationRecord {
    /// Creates the record of a comparison of optimizers.
    init(_ record: OptimizersRecord) {
        self.init(
            dimension: record.dimension, evaluations: record.evaluations, population: record.population,
            runs: record.runs, functions: record.functions.map { Function($0) },
            overall: record.overall.map { Overall($0) })
    }
}

extension OptimizersEvaluationRecord.Function {
    fileprivate init(_ function: OptimizersRecord.Function) {
        self.init(
            function: function.function,
            results: function.results.map {
                OptimizersEvaluationRecord.Result(
                    optimizer: $0.optimizer.rawValue, summary: SummaryRecord($0.summary), rank: $0.rank, told: $0.told)
            })
    }
}

extension OptimizersEvaluationRecord.Overall {
    fileprivate init(_ overall: OptimizersRecord.Overall) {
        self.init(
            optimizer: overall.optimizer.rawValue, meanRankCentered: overall.meanRankCentered,
            meanRankShifted: overall.meanRankShifted, notWorse: overall.notWorse,
            means: SummaryRecord(overall.means), told: overall.told.mapValues { SummaryRecord($0) })
    }
}
