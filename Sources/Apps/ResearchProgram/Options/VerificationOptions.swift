import ArgumentParser
import Evaluation
import LikenessCommand
import Measurements
import Recognition
import Reports

/// How models are measured on pairs, and what is given of it.
struct VerificationOptions: ParsableArguments {
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var comparing: ComparisonOptions
    @OptionGroup var reporting: ReportOptions
    @OptionGroup var figures: PairFigureOptions

    /// Loads each model, the first one first, and gives it to `measure`.
    ///
    /// - Parameter count: How many pictures there are.
    func forEachModel(count: Int, _ measure: (Recognizer) async throws -> Void) async throws {
        for model in try comparing.models(with: measuring.model) {
            try await measure(measuring.recognizer(count: count, model: model))
        }
    }
}

extension PairsRecord {
    /// The figures of several models, and the first one beside each other one.
    init(_ measured: [MeasuredPairs], _ contrasts: [SystemContrast]) {
        let models = measured.map {
            Model(conditions: Conditions($0.conditions), report: $0.report, card: $0.card)
        }
        self.init(models: models, comparisons: models.named(contrasts) { $0.conditions.model })
    }
}

extension Array {
    /// The contrasts of the first model with each other one, with the models' names.
    func named<Contrast>(_ contrasts: [Contrast], _ name: (Element) -> String) -> [NamedContrast<Contrast>] {
        zip(dropFirst(), contrasts).map { other, contrast in
            NamedContrast(first: name(self[0]), second: name(other), contrast: contrast)
        }
    }
}
