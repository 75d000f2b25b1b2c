import ArgumentParser
import Datasets
import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements
import Reports

/// `likeness evaluate curves`
struct EvaluateCurves: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curves",
        abstract: "Measure robustness: errors under noise, blur, JPEG, darkness, low resolution and occlusion.",
        discussion: """
            The threshold is chosen on the unaltered pairs, for the false match rate --fmr. Then the second picture of \
            each pair is altered in memory with increasing strength, and the errors at this threshold are counted. If \
            no face is found in an altered picture, it never matches. Pairs with unreadable pictures are left out and \
            counted. Strengths are in pixels of the picture, so they affect small faces more. Embeddings are cached: \
            run the command again to resume it after an interruption. --compare measures other models too, each at \
            its own threshold.
            """)

    @Option(
        help: ArgumentHelp(
            """
            The list of pairs: LFW's pairs.txt, or CSV with the columns image_a,image_b,same.
            """, valueName: "file"))
    var pairs: String

    @OptionGroup var distortions: DistortionOptions
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var comparing: ComparisonOptions
    @OptionGroup var reporting: ReportOptions

    @Option(name: .customLong("fmr"), help: "The false match rate for which the threshold is chosen.")
    var rate = 1e-3

    @Option(help: "The random seed for the noise and for the place of the occlusion.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        if !(rate > 0 && rate < 1) { throw ValidationError("--fmr must be between 0 and 1") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let inputs = InputFiles([pairs])
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: inputs)
        let folder = try reporting.folder(keeping: inputs)
        let list = try PairList(contentsOf: URL(filePath: pairs))
        var evaluation = CurvesEvaluation(
            list, distortions: distortions.series.flatMap(\.distortions), falseMatchRate: rate, seed: seed,
            reading: measuring.reading())
        for model in try comparing.models(with: measuring.model) {
            try await evaluation.measure(by: measuring.recognizer(count: evaluation.pictureCount, model: model))
        }
        let contrasts = try evaluation.contrasts()
        let record = CurvesRecord(evaluation.measured, contrasts, seed: seed)
        if let folder {
            let page = evaluation.page(contrasts, provenance: ReportOptions.provenance(facts(list)))
            try folder.write(page, record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.table, csv: record.rows)
        try evaluation.notes.checkAllRead()
    }

    private func facts(_ list: PairList) -> [Page.Fact] {
        [
            Page.Fact("Pairs", pairs), Page.Fact("Pictures", "\(list.images.count), in \(measuring.images)"),
            Page.Fact("Seed", "\(seed)"),
        ]
    }
}

extension ObservedRate {
    /// The rate and its interval in percent, such as `0.10 (0.08 to 0.13)`.
    var percentage: String { "\(decimal(100 * value, 2)) (\(decimal(100 * low, 2)) to \(decimal(100 * high, 2)))" }
}
