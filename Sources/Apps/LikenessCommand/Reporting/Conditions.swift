import Evaluation
import Faces
import LikenessRecords
import Recognition
import Reports

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

    init(_ recognizer: Recognizer, _ measuring: MeasuringOptions, _ notes: PictureNotes) {
        self.init(recognizer, face: measuring.face, notes)
    }

    init(_ recognizer: Recognizer, _ measuring: MeasuringOptions, _ pairs: ReadablePairs) {
        self.init(recognizer, measuring, pairs.notes)
        leftOutPairs = pairs.leftOut > 0 ? pairs.leftOut : nil
    }

    init(_ recognizer: Recognizer, face selection: FaceSelection, _ notes: PictureNotes) {
        model = recognizer.embedder?.card.identity.description ?? "none"
        detector = recognizer.detector.name
        precision = recognizer.precision
        enhancement = recognizer.configuration.enhancement.rawValue
        mirrored = recognizer.configuration.averagesMirrored
        face = selection.rawValue
        unreadableImages = notes.unreadable.count
        unreadable = notes.unreadable.isEmpty ? nil : notes.unreadable
        remarks = notes.remarks.isEmpty ? nil : notes.remarks
    }

    /// What was left out, in words; `nil` where nothing was.
    private var leftOut: String? {
        guard unreadableImages > 0 else { return nil }
        let pairs = leftOutPairs.map { ", and \(counted($0, "pair")) with them" } ?? ""
        let verb = unreadableImages == 1 ? "was" : "were"
        return "\(counted(unreadableImages, "picture")) could not be read and \(verb) left out\(pairs)"
    }

    var text: String {
        "\(model), detector \(detector), \(precision), enhancement \(enhancement), "
            + "\(mirrored ? "mirrored averaged" : "not mirrored"), face \(face)\n"
            + (leftOut.map { $0 + "\n" } ?? "")
    }

    /// The same for a page, which says the model itself.
    var facts: [Page.Fact] {
        [
            Page.Fact("Detector", detector), Page.Fact("Precision", precision),
            Page.Fact("Where no face is found", "enhancement \(enhancement)"),
            Page.Fact("Mirrored face", mirrored ? "embedded too, and averaged" : "not used"),
            Page.Fact("Face of a picture", face),
        ] + (leftOut.map { [Page.Fact("Left out", $0)] } ?? [])
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
