import ArgumentParser
import Datasets
import Evaluation
import Faces
import Foundation
import LikenessRecords
import Recognition
import Reports

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
        var notes = PictureNotes()
        var records: [MeasuredReport<AllPairsRecord>] = [], measurements: [AllPairsMeasurement] = []
        for model in try comparing.models(with: measuring.model) {
            let recognizer = try await measuring.recognizer(count: pictures.count, model: model)
            guard let card = recognizer.embedder?.card, let dimension = card.dimension else { continue }
            let people = try await EmbeddedPeople(pictures, measuring: measuring, by: recognizer)
            notes.add(people.notes)
            let rows = people.rows(people.labels.indices)
            if !measuring.detection.quiet {
                Terminal.note(
                    "\(counted(rows.labels.count, "picture")) embedded, \(people.withoutFace) without a face; comparing all with all"
                )
            }
            let report = try await AllPairsReport(embeddings: rows.values, dimension: dimension, labels: rows.labels)
            let conditions = Conditions(recognizer, measuring, people.notes)
            records.append(
                MeasuredReport(
                    conditions: conditions, report: AllPairsRecord(failedImages: people.failed, report: report)))
            guard folder != nil else { continue }
            let worst = try await WorstPairs(embeddings: rows.values, dimension: dimension, labels: rows.labels)
            var thumbnails = Thumbnails(recognizer, selection: measuring.face)
            measurements.append(
                AllPairsMeasurement(
                    model: MeasuredModel(card: card, conditions: conditions.facts), report: report,
                    failedImages: people.failed,
                    falseMatches: await pairs(worst.falseMatches, of: people, from: &thumbnails),
                    falseNonMatches: await pairs(worst.falseNonMatches, of: people, from: &thumbnails)))
        }
        let record = AllPairsRecords(models: records)
        if let folder {
            let report = Report(
                allPairs: measurements,
                provenance: ReportOptions.provenance([identities.fact(in: measuring.images)]))
            try folder.write(report, record: SingleWriter.json(record))
        }
        try writer.write(record, table: record.table, csv: record.rows)
        try notes.checkAllRead()
    }

    private func pairs(
        _ worst: [WorstPairs.Pair], of people: EmbeddedPeople, from thumbnails: inout Thumbnails
    ) async -> [PicturePair] {
        let present = people.present
        var pairs: [PicturePair] = []
        for pair in worst {
            let (first, second) = (present[pair.first], present[pair.second])
            let files = "\(people.pictures[first].file) – \(people.pictures[second].file)"
            let lines = ["similarity \(String(format: "%.3f", pair.similarity))", files]
            pairs.append(
                await people.pair(first, second, in: measuring.folder, from: &thumbnails, lines: lines))
        }
        return pairs
    }
}

/// All pairs, for programs and people.
struct AllPairsRecord {
    /// Pictures without a face, and those that can't be read: they are in no pair.
    var failedImages: Int
    var report: AllPairsReport

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
            \(counted(calibration.pictures, "picture")) of \(counted(calibration.people, "person", "people")), \
            \(failedImages) without a face or unreadable left out
            \(calibration.matedPairs) mated and \(calibration.impostorPairs) impostor pairs, of \
            \(calibration.peoplePairs) pairs of people
            AUC \(String(format: "%.6f", report.areaUnderCurve)), EER \
            \(String(format: "%.3f", 100 * report.equalErrorRate)) %

            """ + points.text
    }

    /// What the columns of ``rows`` are.
    static let columns = ["threshold", "fmr", "fmrLow", "fmrHigh", "fnmr", "fnmrLow", "fnmrHigh"]

    /// The DET curve.
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

/// All pairs by one model, or by several.
struct AllPairsRecords: Encodable {
    var models: [MeasuredReport<AllPairsRecord>]

    /// One model is an object of its own; several are in a list.
    func encode(to encoder: any Encoder) throws {
        if let only = models.first, models.count == 1 {
            try only.encode(to: encoder)
        } else {
            try AllPairsComparisonRecord(self).encode(to: encoder)
        }
    }

    var table: String { models.map { $0.conditions.text + $0.report.table }.joined(separator: "\n") }

    /// The DET curves; with several models the first column says whose.
    var rows: [[String]] {
        let isOnly = models.count == 1
        return [(isOnly ? [] : ["model"]) + AllPairsRecord.columns]
            + models.flatMap { model in
                model.report.rows.map { (isOnly ? [] : [model.conditions.model]) + $0 }
            }
    }
}
