import LikenessCommand
import LikenessRecords

extension PairsEvaluationRecord {
    /// Creates the record of one model on the pairs.
    init(_ model: PairsRecord.Model) {
        self.init(model.report, card: model.card, conditions: ConditionsRecord(model.conditions))
    }
}

extension PairsContrastRecord {
    /// Creates the record of two models on the same pairs.
    init(_ contrast: PairsRecord.Contrast) {
        self.init(contrast.contrast, first: contrast.first, second: contrast.second)
    }
}

extension PairsComparisonRecord {
    /// Creates the record of several models on the same pairs.
    init(_ record: PairsRecord) {
        self.init(
            models: record.models.map { PairsEvaluationRecord($0) },
            comparisons: record.comparisons.map { PairsContrastRecord($0) })
    }
}
