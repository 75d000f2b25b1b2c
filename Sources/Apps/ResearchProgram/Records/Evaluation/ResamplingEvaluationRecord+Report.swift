import Evaluation
import LikenessCommand
import LikenessRecords

extension ResamplingEvaluationRecord.Division {
    /// Creates the record of one protocol.
    init(_ result: ResampledVerification, name: String, folds: Int?, testShare: Double?) {
        self.init(
            name: name, folds: folds, testShare: testShare, accuracy: SummaryRecord(result.accuracy),
            auc: SummaryRecord(result.areaUnderCurve), accuracyBySeed: SummaryRecord(result.accuracyBySeed),
            measures: result.measures.map { ResamplingEvaluationRecord.Measure($0) },
            runs: result.runs.map { ResamplingEvaluationRecord.Run($0) })
    }
}

extension ResamplingEvaluationRecord.Counts {
    init(_ value: BinaryCounts) {
        self.init(
            truePositives: value.truePositives, falsePositives: value.falsePositives,
            trueNegatives: value.trueNegatives, falseNegatives: value.falseNegatives)
    }
}

extension ResamplingEvaluationRecord.Run {
    init(_ value: ResampledVerification.Run) {
        self.init(
            seed: value.seed, threshold: value.threshold, counts: ResamplingEvaluationRecord.Counts(value.counts),
            accuracy: value.accuracy, areaUnderCurve: value.areaUnderCurve)
    }
}

extension ResamplingEvaluationRecord.Measure {
    init(_ value: ResampledVerification.Measure) { self.init(name: value.name, summary: SummaryRecord(value.summary)) }
}
