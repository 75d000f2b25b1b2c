import ArgumentParser
import Datasets
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements
import Reports

/// `likeness evaluate pairs`
struct EvaluatePairs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairs",
        abstract: "Measure verification on a list of pairs: accuracy, AUC, EER, and TAR at given false match rates.",
        discussion: """
            The list is LFW's pairs.txt, or a CSV with the columns image_a,image_b,same and, if there are folds, fold. \
            The accuracy is the mean over the folds; the threshold of each fold is chosen on the other folds. A \
            picture without a face never matches, so a mated pair with such a picture is an error. Pairs with \
            unreadable pictures are left out and counted. --compare measures other models on the same pairs and \
            reports the differences; --report writes an HTML page.
            """)

    @Option(help: ArgumentHelp("The list of pairs.", valueName: "file"))
    var pairs: String

    @OptionGroup var verification: VerificationOptions

    @Option(
        help: ArgumentHelp(
            """
            The folder with altered copies of the second pictures, with the same names, such as from 'likeness \
            augment'.
            """,
            valueName: "folder"))
    var probeImages: String?

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let measuring = verification.measuring
        let inputs = InputFiles([pairs])
        if let probeImages { try MeasuringOptions.check(folder: probeImages) }
        let writer = try SingleWriter(measuring.output, keeping: inputs)
        let folder = try verification.reporting.folder(keeping: inputs)
        let list = try PairList(contentsOf: URL(filePath: pairs))
        var evaluation = PairsEvaluation(
            list, probes: probeImages.map { URL(filePath: $0, directoryHint: .isDirectory) },
            figures: verification.figures.figures, reading: measuring.reading())
        try await verification.forEachModel(count: evaluation.pictureCount) {
            try await evaluation.measure(by: $0)
        }
        let contrasts = try evaluation.contrasts()
        let record = PairsRecord(evaluation.measured, contrasts)
        if let folder {
            let page = try await evaluation.page(contrasts, provenance: ReportOptions.provenance(facts(evaluation)))
            try folder.write(page, record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.table)
        try evaluation.notes.checkAllRead()
    }

    private func facts(_ evaluation: PairsEvaluation) -> [Page.Fact] {
        [
            Page.Fact("Pairs", "\(pairs), \(counted(evaluation.list.foldCount, "fold"))"),
            Page.Fact("Pictures", "\(evaluation.pictureCount), in \(verification.measuring.images)"),
        ] + (probeImages.map { [Page.Fact("Second pictures", "in \($0)")] } ?? [])
    }
}
