import ArgumentParser
import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
import Reports

/// `likeness evaluate pairs`
struct EvaluatePairs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairs",
        abstract: "Verification on a list of pairs: ten-fold accuracy, AUC, EER, TAR at fixed false match rates.",
        discussion: """
            The list is LFW's pairs.txt, or CSV with image_a,image_b,same and, if there are folds, fold. The threshold \
            of a fold comes from the other folds. A picture without a face never matches: a mated pair with one is an \
            error. Pairs of pictures that can't be read are left out, and counted. --compare sets other models beside the first, with the difference on the same pairs; --report writes a \
            page.
            """)

    @Option(help: ArgumentHelp("The list of pairs.", valueName: "file"))
    var pairs: String

    @OptionGroup var verification: VerificationOptions

    @Option(
        help: ArgumentHelp(
            "Read the second picture of each pair from here: the same names, altered, such as by 'likeness augment'.",
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
        var pictures = PairPictures(
            list, in: measuring.folder, probes: probeImages.map { URL(filePath: $0, directoryHint: .isDirectory) })
        let measured = try await verification.measured { try await measure($0, on: &pictures) }
        let record = try verification.record(measured)
        if let folder {
            let report = try await report(measured, record, on: pictures)
            try folder.write(report, record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.table)
        try pictures.pairs.notes.checkAllRead()
    }

    private func measure(_ model: String, on pictures: inout PairPictures) async throws -> MeasuredPairs {
        let (measuring, figures) = (verification.measuring, verification.figures)
        let recognizer = try await measuring.recognizer(count: pictures.count, model: model)
        let (conditioned, failures) = try await pictures.compare(by: recognizer, measuring: measuring)
        let comparisons = conditioned.map(\.comparison)
        let report = try PairsReport(
            comparisons, folding: pictures.list.folding, failures: failures, rates: figures.rates,
            thresholds: figures.thresholds, bootstrapRounds: figures.bootstrap)
        return MeasuredPairs(
            recognizer: recognizer,
            record: PairsRecord.Model(
                conditions: Conditions(recognizer, measuring, pictures.pairs), report: report,
                card: try CardReport(recognizer.embedder.card, on: conditioned, rates: figures.rates)),
            comparisons: comparisons)
    }

    private func report(
        _ measured: [MeasuredPairs], _ record: PairsRecord, on pictures: PairPictures
    ) async throws -> Report {
        let data = [
            Page.Fact("Pairs", "\(pairs), \(counted(pictures.list.foldCount, "fold"))"),
            Page.Fact("Pictures", "\(pictures.count), in \(verification.measuring.images)"),
        ]
        let probes = probeImages.map { [Page.Fact("Second pictures", "in \($0)")] } ?? []
        return try await Report(
            measured, record, list: pictures.list, unit: "pictures", selection: verification.measuring.face,
            provenance: ReportOptions.provenance(data + probes)
        ) { places, thumbnails, lines in await pictures.pairs(at: places, from: &thumbnails, lines: lines) }
    }
}
