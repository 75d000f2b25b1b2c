import LikenessCommand
import LikenessRecords
import Training

extension TrainingRecord {
    /// Creates the record of all seeds of a run.
    init(_ summary: RunSummary) {
        self.init(
            task: summary.task,
            seeds: summary.seeds.map {
                Seed(
                    seed: $0.seed, steps: $0.steps, bestStep: $0.bestStep, stoppedEarly: $0.stoppedEarly,
                    seconds: $0.seconds, measures: $0.measures)
            },
            measures: summary.measures.mapValues {
                Spread(mean: $0.mean, deviation: $0.deviation, values: $0.values)
            })
    }
}
