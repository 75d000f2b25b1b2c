import ArgumentParser
import Augmentation
import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
import Reports

/// `likeness evaluate curves`
struct EvaluateCurves: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curves",
        abstract: "Robustness: errors against noise, blur, JPEG quality, darkness, resolution and occlusion.",
        discussion: """
            The list is as for 'evaluate pairs'. The threshold is fixed on the pairs as they are, at --fmr; then the \
            second picture of each pair is spoiled in memory, strength by strength, and the errors are counted at that \
            threshold. A picture in which no face is found any more never matches. Strengths count pixels of the \
            picture, so that they weigh more on small faces. No altered picture is written; embeddings are kept, so that \
            an interrupted run goes on where it was.
            """)

    @Option(help: ArgumentHelp("The list of pairs: LFW's pairs.txt, or CSV.", valueName: "file"))
    var pairs: String

    @OptionGroup var distortions: DistortionOptions
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var reporting: ReportOptions

    @Option(name: .customLong("fmr"), help: "The false match rate at which the threshold is fixed.")
    var rate = 1e-3

    @Option(help: "Another seed, another grain of the noise and another place of what covers the face.")
    var seed: UInt64 = 1

    mutating func validate() throws {
        if !(rate > 0 && rate < 1) { throw ValidationError("--fmr lies between 0 and 1") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(measuring.output, hasCSV: true)
        let folder = try reporting.folder()
        let list = try PairList(contentsOf: URL(filePath: pairs))
        let recognizer = try await measuring.recognizer(count: list.images.count)
        guard let card = recognizer.embedder?.card else { return }
        let pictures = try await DistortedPairs(list, measuring: measuring, by: recognizer)
        var curves = try DistortionCurves(unaltered: pictures.unaltered(), falseMatchRate: rate)
        for series in distortions.series {
            for distortion in series.distortions {
                let altered = try await pictures.comparisons(under: distortion, seed: seed)
                try curves.add(altered, of: distortion)
            }
        }
        let conditions = Conditions(recognizer, measuring)
        let record = MeasuredReport(
            conditions: conditions,
            report: DistortionsRecord(seed: seed, failures: pictures.failures, curves: curves))
        if let folder {
            let measurement = DistortionMeasurement(
                model: MeasuredModel(card: card, conditions: conditions.facts), curves: curves,
                failures: pictures.failures)
            let report = Report(distortions: measurement, provenance: ReportOptions.provenance(facts(list)))
            try folder.write(report, record: SingleWriter.json(record))
        }
        try writer.write(record, table: conditions.text + record.report.table, csv: curves.rows)
    }

    private func facts(_ list: PairList) -> [Page.Fact] {
        [
            Page.Fact("Pairs", pairs), Page.Fact("Pictures", "\(list.images.count), in \(measuring.images)"),
            Page.Fact("Seed", "\(seed)"),
        ]
    }
}

extension DistortionCurves {
    /// Adds what was measured under `distortion`.
    fileprivate mutating func add(_ altered: [Comparison], of distortion: Distortion) throws {
        let kind = distortion.kind
        try add(
            altered, kind: kind.rawValue, unit: kind.unit, neutralStrength: kind.neutralStrength.map { Double($0) },
            strength: Double("\(distortion.strength)") ?? Double(distortion.strength))
    }
}

/// The curves, for programs and people.
struct DistortionsRecord: Encodable {
    var seed: UInt64
    /// Pictures without a face as they are.
    var failures: [PairsReport.FailedImage]
    var curves: DistortionCurves

    func encode(to encoder: any Encoder) throws {
        enum CodingKeys: CodingKey { case seed, failedImages, failures }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(seed, forKey: .seed)
        try container.encode(failures.count, forKey: .failedImages)
        try container.encode(failures, forKey: .failures)
        try curves.encode(to: encoder)
    }

    var table: String {
        let bare = curves.unaltered
        var table = TextTable(columns: ["kind", "strength", "FNMR %", "FMR %", "accuracy %", "mated without a face"])
        func add(_ kind: String, _ point: DistortionCurves.Point) {
            table.append([
                kind, point.strength.map { String(format: "%g", $0) } ?? "-", point.falseNonMatchRate.percentage,
                point.falseMatchRate.percentage, String(format: "%.2f", 100 * point.accuracy.value),
                "\(point.failedMatedPairs)",
            ])
        }
        add("unaltered", bare)
        for curve in curves.curves {
            for point in curve.points { add(curve.kind, point) }
        }
        return """
            \(bare.falseNonMatchRate.total) mated and \(bare.falseMatchRate.total) impostor pairs, \(failures.count) \
            pictures without a face as they are
            threshold \(String(format: "%.4f", curves.threshold)), fixed at FMR \
            \(String(format: "%g", curves.statedRate)) of the pairs as they are

            """ + table.text
    }
}

extension ObservedRate {
    /// `0.10 (0.08 to 0.13)`, in percent.
    var percentage: String { String(format: "%.2f (%.2f to %.2f)", 100 * value, 100 * low, 100 * high) }
}
