import LikenessCommand
import LikenessRecords

extension TemplatesEvaluationRecord {
    /// Creates the record of one model on pairs of templates.
    init(_ counts: TemplatesRecord.Counts, _ model: PairsRecord.Model) {
        self.init(
            templates: counts.templates, pictures: counts.pictures, weight: counts.weight,
            figures: PairsEvaluationRecord(model))
    }
}

extension TemplatesComparisonRecord {
    /// Creates the record of several models on the same pairs of templates.
    init(_ counts: TemplatesRecord.Counts, _ pairs: PairsRecord) {
        self.init(
            templates: counts.templates, pictures: counts.pictures, weight: counts.weight,
            models: pairs.models.map { PairsEvaluationRecord($0) },
            comparisons: pairs.comparisons.map { PairsContrastRecord($0) })
    }
}
