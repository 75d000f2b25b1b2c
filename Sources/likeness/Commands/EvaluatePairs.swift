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
            error. --compare sets other models beside the first, with the difference on the same pairs; --report writes a \
            page.
            """)

    @Option(help: ArgumentHelp("The list of pairs.", valueName: "file"))
    var pairs: String

    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var comparing: ComparisonOptions
    @OptionGroup var reporting: ReportOptions

    @Option(name: .customLong("fmr"), help: "A false match rate at which to give the TAR; may be repeated.")
    var rates: [Double] = PairsReport.usualRates

    @Option(
        help: ArgumentHelp(
            "Read the second picture of each pair from here: the same names, altered, such as by 'likeness augment'.",
            valueName: "folder"))
    var probeImages: String?

    @Option(
        name: .customLong("threshold"),
        help: "Count the errors at this threshold from elsewhere too, such as that of bare faces; may be repeated.")
    var thresholds: [Float] = []

    @Option(help: "Draw people so often for intervals that know that a person is in several pairs; 0 leaves it out.")
    var bootstrap = 0

    /// How often people are drawn for the difference of two models unless ``bootstrap`` says so.
    private static let contrastRounds = 1000

    mutating func validate() throws {
        for rate in rates where !(rate > 0 && rate < 1) { throw ValidationError("--fmr lies between 0 and 1") }
        if bootstrap < 0 { throw ValidationError("--bootstrap is 0 or more") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(measuring.output)
        let folder = try reporting.folder()
        let list = try PairList(contentsOf: URL(filePath: pairs))
        let pictures = PairPictures(
            list, in: measuring.folder, probes: probeImages.map { URL(filePath: $0, directoryHint: .isDirectory) })
        var measured: [Measured] = []
        for model in try comparing.models(with: measuring.model) {
            measured.append(try await measure(model, on: pictures))
        }
        let record = try record(measured)
        if let folder {
            let report = try await report(measured, record, on: pictures)
            try folder.write(report, record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.table)
    }

    /// What a model says of the pairs.
    private struct Measured {
        var recognizer: Recognizer
        var record: PairsRecord.Model
        var comparisons: [Comparison]
    }

    private func measure(_ model: String, on pictures: PairPictures) async throws -> Measured {
        let recognizer = try await measuring.recognizer(count: pictures.count, model: model)
        let (conditioned, failures) = try await pictures.compare(by: recognizer, measuring: measuring)
        let comparisons = conditioned.map(\.comparison)
        let report = try PairsReport(
            comparisons, folding: pictures.list.folding, failures: failures, rates: rates, thresholds: thresholds,
            bootstrapRounds: bootstrap)
        return Measured(
            recognizer: recognizer,
            record: PairsRecord.Model(
                conditions: Conditions(recognizer, measuring), report: report,
                card: try recognizer.embedder.map { try CardReport($0.card, on: conditioned, rates: rates) }),
            comparisons: comparisons)
    }

    private func record(_ measured: [Measured]) throws -> PairsRecord {
        var contrasts: [PairsRecord.Contrast] = []
        if let first = measured.first {
            for other in measured.dropFirst() {
                let contrast = try SystemContrast(
                    first: first.comparisons, second: other.comparisons, rates: rates,
                    rounds: bootstrap > 0 ? bootstrap : Self.contrastRounds)
                contrasts.append(
                    PairsRecord.Contrast(
                        first: first.record.conditions.model, second: other.record.conditions.model,
                        contrast: contrast))
            }
        }
        return PairsRecord(models: measured.map(\.record), comparisons: contrasts)
    }

    private func report(
        _ measured: [Measured], _ record: PairsRecord, on pictures: PairPictures
    ) async throws -> Report {
        var measurements: [PairsMeasurement] = []
        for entry in measured {
            guard let card = entry.recognizer.embedder?.card else { continue }
            var thumbnails = Thumbnails(entry.recognizer, selection: measuring.face)
            let worst = WorstPairs.places(in: entry.comparisons, atMost: PairPictures.shown)
            func lines(_ place: Int) -> [String] {
                measured.compactMap { other in
                    guard let model = other.recognizer.embedder?.card.name else { return nil }
                    let similarity = other.comparisons[place].similarity.map { String(format: "%.3f", $0) } ?? "none"
                    return measured.count == 1 ? "similarity \(similarity)" : "\(model): \(similarity)"
                }
            }
            measurements.append(
                PairsMeasurement(
                    model: MeasuredModel(card: card, conditions: entry.record.conditions.facts),
                    report: entry.record.report, comparisons: entry.comparisons,
                    falseMatches: await pictures.pairs(at: worst.falseMatches, from: &thumbnails, lines: lines),
                    falseNonMatches: await pictures.pairs(at: worst.falseNonMatches, from: &thumbnails, lines: lines)))
        }
        let contrasts = zip(measurements.dropFirst(), record.comparisons).map { other, entry in
            ModelContrast(
                first: measurements[0].model.card.name, second: other.model.card.name, contrast: entry.contrast)
        }
        let data = [
            Page.Fact("Pairs", "\(pairs), \(pictures.list.foldCount) folds"),
            Page.Fact("Pictures", "\(pictures.count), in \(measuring.images)"),
        ]
        let probes = probeImages.map { [Page.Fact("Second pictures", "in \($0)")] } ?? []
        return try Report(
            pairs: measurements, contrasts: contrasts, list: pictures.list,
            provenance: ReportOptions.provenance(data + probes))
    }
}
