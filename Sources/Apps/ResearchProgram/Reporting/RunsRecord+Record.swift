import Evaluation
import LikenessCommand
import LikenessRecords

extension RunsEvaluationRecord {
    /// Creates the record of a comparison of training runs.
    init(_ record: RunsRecord) {
        self.init(
            reference: record.reference, order: record.order, overlap: record.overlap, level: record.level,
            runs: record.runs.mapValues { Run($0) })
    }
}

extension RunsEvaluationRecord.Run {
    fileprivate init(_ run: RunsRecord.Run) {
        self.init(
            seeds: run.seeds, seconds: SummaryRecord(run.seconds),
            measures: run.measures.mapValues {
                RunsEvaluationRecord.Measure(
                    summary: SummaryRecord($0.summary),
                    difference: $0.difference.map { RunsEvaluationRecord.Difference($0) }, correctedP: $0.correctedP)
            })
    }
}
