import ArgumentParser
import Reports

/// How models are measured on pairs, and what is given of it.
struct VerificationOptions: ParsableArguments {
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var comparing: ComparisonOptions
    @OptionGroup var reporting: ReportOptions
    @OptionGroup var figures: PairFigureOptions

    /// What `measure` finds of each model, the first one first.
    func measured(_ measure: (_ model: String) async throws -> MeasuredPairs) async throws -> [MeasuredPairs] {
        var measured: [MeasuredPairs] = []
        for model in try comparing.models(with: measuring.model) { measured.append(try await measure(model)) }
        return measured
    }

    /// What two models differ in, and each one's figures.
    func record(_ measured: [MeasuredPairs]) throws -> PairsRecord { try PairsRecord(measured, figures: figures) }
}
