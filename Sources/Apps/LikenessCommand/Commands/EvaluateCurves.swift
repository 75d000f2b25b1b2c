import ArgumentParser
import Datasets
import Evaluation
import Foundation
import LikenessSupport
import Measurements
import Reports

/// `likeness evaluate curves`
struct EvaluateCurves: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curves",
        abstract: "Robustness: errors against noise, blur, JPEG quality, darkness, resolution and occlusion.",
        discussion: """
            The list has the form that 'evaluate pairs' reads. The threshold is fixed on the unaltered pairs at --fmr. \
            Then the second picture of each pair is altered in memory with increasing strength, and the errors at that \
            threshold are counted. A picture in which no face is found any more never matches. Pairs with unreadable \
            pictures are left out and counted. Strengths are in pixels of the picture and so affect small faces more. \
            Altered pictures are not written; embeddings are cached, so an interrupted run resumes. --compare measures \
            other models too, each at its own threshold.
            """)

    @Option(help: ArgumentHelp("The list of pairs: LFW's pairs.txt, or CSV.", valueName: "file"))
    var pairs: String

    @OptionGroup var distortions: DistortionOptions
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var comparing: ComparisonOptions
    @OptionGroup var reporting: ReportOptions

    @Option(name: .customLong("fmr"), help: "The false match rate at which the threshold is fixed.")
    var rate = 1e-3

    @Option(help: "The random seed of the noise and of the place of the occlusion.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        if !(rate > 0 && rate < 1) { throw ValidationError("--fmr lies between 0 and 1") }
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
    /// `0.10 (0.08 to 0.13)`, in percent.
    var percentage: String { "\(decimal(100 * value, 2)) (\(decimal(100 * low, 2)) to \(decimal(100 * high, 2)))" }
}
