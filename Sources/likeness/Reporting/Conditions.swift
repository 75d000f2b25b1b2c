import Faces
import Recognition
import Reports

/// What ran, beside the figures.
struct Conditions: Encodable {
    var model: String
    var detector: String
    var precision: String
    var enhancement: String
    var mirrored: Bool
    var face: String
    /// How many of the pictures could not be read.
    var unreadableImages: Int

    init(_ recognizer: Recognizer, _ measuring: MeasuringOptions, unreadable: Int) {
        self.init(recognizer, face: measuring.face, unreadable: unreadable)
    }

    init(_ recognizer: Recognizer, face selection: FaceSelection, unreadable: Int) {
        model = recognizer.embedder?.card.identity.description ?? "none"
        detector = recognizer.detector.name
        precision = recognizer.precision
        enhancement = recognizer.configuration.enhancement.rawValue
        mirrored = recognizer.configuration.averagesMirrored
        face = selection.rawValue
        unreadableImages = unreadable
    }

    var text: String {
        "\(model), detector \(detector), \(precision), enhancement \(enhancement), "
            + "\(mirrored ? "mirrored averaged" : "not mirrored"), face \(face)\n"
            + (unreadableImages > 0 ? "\(unreadableImages) pictures could not be read\n" : "")
    }

    /// The same for a page, which says the model itself.
    var facts: [Page.Fact] {
        [
            Page.Fact("Detector", detector), Page.Fact("Precision", precision),
            Page.Fact("Where no face is found", "enhancement \(enhancement)"),
            Page.Fact("Mirrored face", mirrored ? "embedded too, and averaged" : "not used"),
            Page.Fact("Face of a picture", face),
        ] + (unreadableImages > 0 ? [Page.Fact("Pictures that could not be read", "\(unreadableImages)")] : [])
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
