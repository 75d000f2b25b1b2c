import Evaluation
import LikenessCommand
import LikenessRecords
import Measurements

/// The conditions of a measurement: the networks, the settings and the pictures that were left out.
struct Conditions {
    var model: String
    var detector: String
    var precision: String
    var enhancement: String
    var mirrored: Bool
    var face: String
    /// The number of pictures that could not be read.
    var unreadableImages: Int
    /// The pictures that could not be read, with the reasons; `nil` if all could be read.
    var unreadable: [PairsReport.FailedImage]?
    /// The number of pairs that were left out because of unreadable pictures; `nil` if there are none.
    var leftOutPairs: Int?
    /// The remarks on pictures that could be read; `nil` if there are none.
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
            + "\(mirrored ? "averaged with mirrored faces" : "not mirrored"), face \(face)\n"
            + (MeasurementConditions.leftOut(pictures: unreadableImages, pairs: leftOutPairs).map { $0 + "\n" } ?? "")
    }
}

/// A result with the conditions of its measurement. It is encoded as one object.
struct MeasuredReport<Report: EvaluationReport>: Encodable {
    var conditions: Conditions
    var report: Report

    /// Encodes the record for programs.
    func encode(to encoder: any Encoder) throws {
        try report.record(under: ConditionsRecord(conditions)).encode(to: encoder)
    }
}
