import ArgumentParser
import Datasets
import Evaluation
import Faces
import Foundation
import Recognition

/// `likeness evaluate pairs`
struct EvaluatePairs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairs",
        abstract: "Verification on a list of pairs: ten-fold accuracy, AUC, EER, TAR at fixed false match rates.",
        discussion: """
            The list is LFW's pairs.txt, or CSV with image_a,image_b,same and, if there are folds, fold. The threshold \
            of a fold comes from the other folds. A picture without a face never matches: a mated pair with one is an \
            error.
            """)

    @Option(help: ArgumentHelp("The list of pairs.", valueName: "file"))
    var pairs: String

    @OptionGroup var measuring: MeasuringOptions

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
        let list = try PairList(contentsOf: URL(filePath: pairs))
        let galleryNames = probeImages == nil ? list.images : Self.once(list.pairs.map(\.imageA))
        let probeNames = probeImages == nil ? [] : Self.once(list.pairs.map(\.imageB))
        let names = galleryNames + probeNames
        let probeFolder = probeImages.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? measuring.folder
        let urls =
            galleryNames.map { PairList.url(of: $0, in: measuring.folder) }
            + probeNames.map { AlteredCopy.url(of: PairList.url(of: $0, in: probeFolder)) }
        let recognizer = try await measuring.recognizer(count: names.count)
        let results = try await measuring.entries(of: names, at: urls, by: recognizer)
        var (gallery, probes): ([String: EmbeddedFace], [String: EmbeddedFace]) = ([:], [:])
        var failures: [PairsReport.FailedImage] = []
        for (index, result) in results.enumerated() {
            let name = names[index], isProbe = index >= galleryNames.count
            switch result {
            case .success(let face): if isProbe { probes[name] = face } else { gallery[name] = face }
            case .failure(let error):
                failures.append(
                    PairsReport.FailedImage(
                        image: isProbe ? "\(name) (probe)" : name, reason: Failure.message(of: error)))
            }
        }
        if probeImages == nil { probes = gallery }
        let comparisons = try list.comparisons { pair -> Float? in
            guard let a = gallery[pair.imageA], let b = probes[pair.imageB] else { return nil }
            return try a.embedding.similarity(to: b.embedding)
        }
        let report = try PairsReport(
            comparisons, folding: list.folding, failures: failures, rates: rates, thresholds: thresholds,
            bootstrapRounds: bootstrap)
        let conditioned = zip(list.pairs, comparisons).map { pair, comparison in
            let faces = (gallery[pair.imageA], probes[pair.imageB])
            return ConditionedComparison(comparison, conditions: PairConditions(faces.0?.context, faces.1?.context))
        }
        let card = try recognizer.embedder.map { try CardReport($0.card, on: conditioned, rates: rates) }
        let record = MeasuredReport(
            conditions: Conditions(recognizer, measuring), report: PairsRecord(report: report, card: card))
        try writer.write(record, table: record.conditions.text + report.table + (card?.table ?? ""))
    }

    /// Each name once, in the order of its first place.
    private static func once(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

/// A report's fields, with what the model's card promised among them.
struct PairsRecord: Encodable {
    var report: PairsReport
    var card: CardReport?

    func encode(to encoder: any Encoder) throws {
        enum CodingKeys: CodingKey { case card }
        try report.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(card, forKey: .card)
    }
}

extension CardReport {
    /// What the card promised, for people to read.
    var table: String {
        var text = ""
        for point in points {
            let errors = point.errors
            text += Terminal.bold("the card at FMR \(String(format: "%g", point.statedRate))")
            text += ": threshold \(decimal(errors.threshold, 4)), FMR \(errors.falseMatchRate.text) "
            text += point.holds ? "(holds)" : "(DOES NOT HOLD)"
            text += ", FNMR \(errors.falseNonMatchRate.text)\n"
        }
        for report in adaptive { text += report.table }
        guard !probabilities.isEmpty else { return text }
        var table = TextTable(columns: ["condition", "ECE", "equal-mass ECE", "Brier", "pairs"])
        for entry in probabilities {
            table.append([
                entry.name, String(format: "%.4f", entry.quality.expectedCalibrationError),
                String(format: "%.4f", entry.quality.equalMassCalibrationError),
                String(format: "%.4f", entry.quality.brierScore), "\(entry.quality.count)",
            ])
        }
        return text + Terminal.bold("the card's probabilities") + "\n" + table.text
    }
}

extension ErrorsAtThreshold.Rate {
    /// `0.10 % (0.08 to 0.13)`
    var text: String { String(format: "%.2f %% (%.2f to %.2f)", 100 * value, 100 * low, 100 * high) }
}

/// What ran, beside the figures.
struct Conditions: Encodable {
    var model: String
    var detector: String
    var precision: String
    var enhancement: String
    var mirrored: Bool
    var face: String

    init(_ recognizer: Recognizer, _ measuring: MeasuringOptions) {
        model = recognizer.embedder?.card.identity.description ?? "none"
        detector = recognizer.detector.name
        precision = recognizer.precision
        enhancement = recognizer.configuration.enhancement.rawValue
        mirrored = recognizer.configuration.averagesMirrored
        face = measuring.face.rawValue
    }

    var text: String {
        "\(model), detector \(detector), \(precision), enhancement \(enhancement), "
            + "\(mirrored ? "mirrored averaged" : "not mirrored"), face \(face)\n"
    }
}

/// A report's fields, with the conditions among them.
struct MeasuredReport<Report: Encodable>: Encodable {
    var conditions: Conditions
    var report: Report

    func encode(to encoder: any Encoder) throws {
        try report.encode(to: encoder)
        try conditions.encode(to: encoder)
    }
}
