import ArgumentParser
import Evaluation
import LikenessCommand
import Measurements
import Recognition
import Reports

/// The options for measuring models on pairs.
struct VerificationOptions: ParsableArguments {
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var comparing: ComparisonOptions
    @OptionGroup var reporting: ReportOptions
    @OptionGroup var figures: PairFigureOptions

    /// Loads the models one after the other, and passes each to `measure`.
    ///
    /// - Parameter count: The number of pictures.
    func forEachModel(count: Int, _ measure: (Recognizer) async throws -> Void) async throws {
        for model in try comparing.models(with: measuring.model) {
            try await measure(measuring.recognizer(count: count, model: model))
        }
    }
}

extension PairsRecord {
    /// Creates the record from the figures of the models and the comparisons of the first model with the others.
    init(_ measured: [MeasuredPairs], _ contrasts: [SystemContrast]) {
        let models = measured.map {
            Model(conditions: Conditions($0.conditions), report: $0.report, card: $0.card)
        }
        self.init(models: models, comparisons: models.named(contrasts) { $0.conditions.model })
    }
}

extension Array {
    /// Returns the comparisons of the first model with each other one, with the models' names.
    func named<Contrast>(_ contrasts: [Contrast], _ name: (Element) -> String) -> [NamedContrast<Contrast>] {
        zip(dropFirst(), contrasts).map { other, contrast in
            NamedContrast(first: name(self[0]), second: name(other), contrast: contrast)
        }
    }
}
