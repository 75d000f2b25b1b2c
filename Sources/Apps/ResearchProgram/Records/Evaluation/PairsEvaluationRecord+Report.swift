import Datasets
import Evaluation
import LikenessCommand
import LikenessRecords

extension PairsEvaluationRecord {
    /// Creates the record of one model on a list of pairs.
    init(_ report: PairsReport, card: CardReport?, conditions: ConditionsRecord) {
        self.init(
            accuracy: report.accuracy.map { Accuracy($0) }, auc: report.auc, eer: report.eer,
            tar: report.tar.map { TrueMatchRate($0) }, refused: report.refused.map { RefusedRate($0) },
            pairs: report.pairs, matedPairs: report.matedPairs, impostorPairs: report.impostorPairs,
            failedImages: report.failedImages, failures: report.failures.map { FailedImageRecord($0) },
            failedMatedPairs: report.failedMatedPairs, failedImpostorPairs: report.failedImpostorPairs,
            folding: report.folding.rawValue, folds: report.folds.map { Fold($0) }, level: report.level,
            histogram: HistogramRecord(report.histogram),
            atThresholds: report.atThresholds.map { ThresholdErrorsRecord($0) },
            bootstrap: report.bootstrap.map { BootstrapRecord($0) }, card: card.map { CardEvaluationRecord($0) },
            conditions: conditions)
    }
}

extension PairsContrastRecord {
    /// Creates the record of two models on the same pairs.
    init(_ contrast: SystemContrast, first: String, second: String) {
        self.init(
            first: first, second: second, decisions: contrast.decisions.map { Decisions($0) },
            differences: contrast.differences.map { DifferenceRecord($0) }, rounds: contrast.rounds,
            people: contrast.people, level: contrast.level)
    }
}

extension PairsEvaluationRecord.Accuracy {
    init(_ value: PairsReport.Accuracy) { self.init(mean: value.mean, standardError: value.standardError) }
}

extension PairsEvaluationRecord.TrueMatchRate {
    init(_ value: Evaluation.TrueMatchRate) {
        self.init(
            fmr: value.falseMatchRate, value: value.value, low: value.low, high: value.high, threshold: value.threshold,
            observedFMR: value.observedFalseMatchRate)
    }
}

extension PairsEvaluationRecord.RefusedRate {
    init(_ value: PairsReport.RefusedRate) {
        self.init(fmr: value.falseMatchRate, impostorPairsNeeded: value.impostorPairsNeeded, reason: value.reason)
    }
}

extension PairsEvaluationRecord.Fold {
    init(_ value: FoldAccuracy.Fold) {
        self.init(fold: value.fold, threshold: value.threshold, accuracy: value.accuracy, pairs: value.pairs)
    }
}

extension PairsContrastRecord.Decisions {
    init(_ value: SystemContrast.Decisions) {
        self.init(
            fmr: value.falseMatchRate, firstThreshold: value.firstThreshold, secondThreshold: value.secondThreshold,
            mcNemar: McNemarRecord(value.mcNemar))
    }
}
