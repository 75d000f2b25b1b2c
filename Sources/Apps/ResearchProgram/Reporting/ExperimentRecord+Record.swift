import LikenessCommand
import LikenessRecords

extension ExperimentEvaluationRecord {
    /// Creates the record of an experiment.
    init(_ record: ExperimentRecord) {
        self.init(
            name: record.name,
            figures: record.figures.map {
                Entry(
                    row: $0.row, column: $0.column, now: Number($0.now), published: $0.published.map { Number($0) },
                    agrees: $0.agrees)
            })
    }
}
