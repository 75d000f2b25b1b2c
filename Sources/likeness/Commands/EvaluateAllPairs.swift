import ArgumentParser
import Evaluation
import Faces
import Foundation
import Recognition

/// `likeness evaluate all-pairs`
struct EvaluateAllPairs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all-pairs",
        abstract:
            "Verification on all pairs of pictures of people: AUC, EER, FNMR at false match rates, the DET curve.",
        discussion: """
            The rates are exact: every picture is compared with every other. Pictures without a face are left out and \
            counted. False match rates at which fewer than 30 false matches are expected are left out.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(measuring.output, hasCSV: true)
        let pictures = try identities.pictures(in: measuring.folder)
        let recognizer = try await measuring.recognizer(count: pictures.count)
        guard let dimension = recognizer.embedder?.card.dimension else { return }
        let people = try await EmbeddedPeople(pictures, measuring: measuring, by: recognizer)
        let rows = people.rows(people.labels.indices)
        if !measuring.detection.quiet {
            Terminal.note(
                "\(rows.labels.count) pictures embedded, \(people.failed) without a face; comparing all with all")
        }
        let report = AllPairsRecord(
            failedImages: people.failed,
            report: try await AllPairsReport(embeddings: rows.values, dimension: dimension, labels: rows.labels))
        let record = MeasuredReport(conditions: Conditions(recognizer, measuring), report: report)
        try writer.write(record, table: record.conditions.text + report.table, csv: report.rows)
    }
}

/// All pairs, for programs and people.
struct AllPairsRecord: Encodable {
    /// Pictures without a face: they are in no pair.
    var failedImages: Int
    var report: AllPairsReport

    func encode(to encoder: any Encoder) throws {
        enum CodingKeys: CodingKey { case failedImages }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(failedImages, forKey: .failedImages)
        try report.encode(to: encoder)
    }

    var table: String {
        let calibration = report.calibration
        var points = TextTable(columns: ["FMR", "threshold", "FNMR"])
        for point in calibration.points {
            points.append([
                String(format: "%g", point.falseMatchRate), String(format: "%.4f", point.threshold),
                String(format: "%.4f", point.falseNonMatchRate),
            ])
        }
        return """
            \(calibration.pictures) pictures of \(calibration.people) people, \(failedImages) without a face left out
            \(calibration.matedPairs) mated and \(calibration.impostorPairs) impostor pairs, of \
            \(calibration.peoplePairs) pairs of people
            AUC \(String(format: "%.6f", report.areaUnderCurve)), EER \
            \(String(format: "%.3f", 100 * report.equalErrorRate)) %

            """ + points.text
    }

    /// The DET curve.
    var rows: [[String]] {
        [["threshold", "fmr", "fmrLow", "fmrHigh", "fnmr", "fnmrLow", "fnmrHigh"]]
            + report.tradeoff.points.map { point in
                let match = point.falseMatchRate, nonMatch = point.falseNonMatchRate
                return [
                    "\(point.threshold)", "\(match.value)", "\(match.low)", "\(match.high)", "\(nonMatch.value)",
                    "\(nonMatch.low)", "\(nonMatch.high)",
                ]
            }
    }
}
