import Evaluation
import LikenessCommand
import LikenessRecords
import Measurements

/// What ran, beside the figures.
struct Conditions {
    var model: String
    var detector: String
    var precision: String
    var enhancement: String
    var mirrored: Bool
    var face: String
    /// How many of the pictures could not be read.
    var unreadableImages: Int
    /// Which they are, and why; absent where all could be read.
    var unreadable: [PairsReport.FailedImage]?
    /// How many pairs of a list were left out because of them; absent where none was.
    var leftOutPairs: Int?
    /// What was missing in pictures that could be read; absent where nothing was.
    var remarks: [PictureNotes.Remarked]?

    init(_ conditions: MeasurementConditions) {
        (model, detector, precision) = (conditions.model, conditions.detector, conditions.precision)
        (enhancement, mirrored, face) = (conditions.enhancement, conditions.mirrored, conditions.face)
        let notes = conditions.notes
        unreadableImages = notes.unreadable.count
        unreadable = notes.unreadable.isEmpty ? nil : notes.unreadable
        leftOutPairs = conditions.leftOutPairs > 0 ? conditions.leftOutPairs : nil
        remarks = notes.remarks.isEmpty ? nil : notes.remarks
    }

    var text: String {
        "\(model), detector \(detector), \(precision), enhancement \(enhancement), "
            + "\(mirrored ? "mirrored averaged" : "not mirrored"), face \(face)\n"
            + (MeasurementConditions.leftOut(pictures: unreadableImages, pairs: leftOutPairs).map { $0 + "\n" } ?? "")
    }
}

/// A report's fields, with the conditions among them.
struct MeasuredReport<Report: EvaluationReport>: Encodable {
    var conditions: Conditions
    var report: Report

    /// For programs.
    func encode(to encoder: any Encoder) throws {
        try report.record(under: ConditionsRecord(conditions)).encode(to: encoder)
    }
}
