import ArgumentParser
import Evaluation
import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport
import Measurements
import Reports

/// `likeness evaluate all-pairs`
struct EvaluateAllPairs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all-pairs",
        abstract:
            "Measure verification on all pairs of pictures: AUC, EER, false non-match rates and the DET curve.",
        discussion: """
            Every picture is compared with every other, without sampling. Pictures without a face are left out and \
            counted. A false match rate is reported only if at least 30 false matches are expected at that rate.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var comparing: ComparisonOptions
    @OptionGroup var reporting: ReportOptions

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: identities.inputs)
        let folder = try reporting.folder(keeping: identities.inputs)
        let pictures = try identities.pictures(in: measuring.folder)
        var evaluation = AllPairsEvaluation(
            pictures, reading: measuring.reading(MeasurementDisplay.comparingAll), hasPage: folder != nil)
        for model in try comparing.models(with: measuring.model) {
            try await evaluation.measure(by: measuring.recognizer(count: pictures.count, model: model))
        }
        let record = AllPairsRecords(
            models: evaluation.measured.map {
                MeasuredReport(
                    conditions: Conditions($0.conditions),
                    report: AllPairsRecord(failedImages: $0.failedImages, report: $0.report))
            })
        if let folder {
            let page = evaluation.page(provenance: ReportOptions.provenance([identities.fact(in: measuring.images)]))
            try folder.write(page, record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.table, csv: record.rows)
        try evaluation.notes.checkAllRead()
    }
}

/// The result on all pairs, for programs and people.
struct AllPairsRecord {
    /// The number of pictures without a face or unreadable; they are in no pair.
    var failedImages: Int
    var report: AllPairsReport

    var table: String {
        let calibration = report.calibration
        var points = TextTable(columns: ["FMR", "threshold", "FNMR"])
        for point in calibration.points {
            points.append([
                significant(point.falseMatchRate), decimal(point.threshold, 4),
                decimal(point.falseNonMatchRate, 4),
            ])
        }
        return """
            \(counted(calibration.pictures, "picture")) of \(counted(calibration.people, "person", "people")), \
            \(failedImages) without a face or unreadable left out
            \(calibration.matedPairs) mated and \(calibration.impostorPairs) impostor pairs, of \
            \(calibration.peoplePairs) pairs of people
            AUC \(decimal(report.areaUnderCurve, 6)), EER \
            \(decimal(100 * report.equalErrorRate, 3)) %

            """ + points.text
    }

    /// The columns of ``rows``.
    static let columns = ["threshold", "fmr", "fmrLow", "fmrHigh", "fnmr", "fnmrLow", "fnmrHigh"]

    /// The DET curve, one row for each threshold.
    var rows: [[String]] {
        report.tradeoff.points.map { point in
            let match = point.falseMatchRate, nonMatch = point.falseNonMatchRate
            return [
                "\(point.threshold)", "\(match.value)", "\(match.low)", "\(match.high)", "\(nonMatch.value)",
                "\(nonMatch.low)", "\(nonMatch.high)",
            ]
        }
    }
}

/// The results on all pairs of one or more models.
struct AllPairsRecords: Encodable {
    var models: [MeasuredReport<AllPairsRecord>]

    /// Encodes a single model as an object, and several models as a list.
    func encode(to encoder: any Encoder) throws {
        if let only = models.first, models.count == 1 {
            try only.encode(to: encoder)
        } else {
            try AllPairsComparisonRecord(self).encode(to: encoder)
        }
    }

    var table: String { models.map { $0.conditions.text + $0.report.table }.joined(separator: "\n") }

    /// The DET curves; with several models, the first column is the model.
    var rows: [[String]] {
        let isOnly = models.count == 1
        return [(isOnly ? [] : ["model"]) + AllPairsRecord.columns]
            + models.flatMap { model in
                model.report.rows.map { (isOnly ? [] : [model.conditions.model]) + $0 }
            }
    }
}
