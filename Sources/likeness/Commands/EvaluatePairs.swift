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
            + probeNames.map { PairList.url(of: $0, in: probeFolder) }
        let recognizer = try await measuring.recognizer(count: names.count)
        let results = try await measuring.entries(of: names, at: urls, by: recognizer)
        var (gallery, probes): ([String: Embedding], [String: Embedding]) = ([:], [:])
        var failures: [PairsReport.FailedImage] = []
        for (index, result) in results.enumerated() {
            let name = names[index], isProbe = index >= galleryNames.count
            switch result {
            case .success(let embedding): if isProbe { probes[name] = embedding } else { gallery[name] = embedding }
            case .failure(let error):
                failures.append(
                    PairsReport.FailedImage(
                        image: isProbe ? "\(name) (probe)" : name, reason: Failure.message(of: error)))
            }
        }
        if probeImages == nil { probes = gallery }
        let comparisons = try list.comparisons { pair -> Float? in
            guard let a = gallery[pair.imageA], let b = probes[pair.imageB] else { return nil }
            return try a.similarity(to: b)
        }
        let report = try PairsReport(
            comparisons, folding: list.folding, failures: failures, rates: rates, thresholds: thresholds,
            bootstrapRounds: bootstrap)
        let record = MeasuredReport(conditions: Conditions(recognizer, measuring), report: report)
        try writer.write(record, table: record.conditions.text + report.table)
    }

    /// Each name once, in the order of its first place.
    private static func once(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
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
