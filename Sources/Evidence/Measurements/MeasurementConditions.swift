public import Faces
import LikenessSupport
public import Recognition
public import Reports

/// The networks and settings of a measurement, and the pictures that were left out.
public struct MeasurementConditions: Sendable {
    /// The model with its version, in the form of `ModelIdentity`.
    public var model: String
    /// The detector's name.
    public var detector: String
    /// The precision with which the networks ran, such as `bf16`.
    public var precision: String
    /// The setting for enhancing pictures: `auto` (only if no face is found), `off` or `clahe` (always).
    public var enhancement: String
    /// Whether the mirrored face was embedded too and the embeddings were averaged.
    public var mirrored: Bool
    /// The face that represents a picture.
    public var face: String
    /// Notes on the pictures.
    public var notes: PictureNotes
    /// The number of pairs of a list that were left out because their pictures could not be read.
    public var leftOutPairs: Int

    /// Creates the conditions of a measurement with `recognizer`.
    ///
    /// - Parameters:
    ///   - recognizer: The recognizer that found and embedded the faces.
    ///   - selection: The face that represents a picture.
    ///   - notes: Notes on the pictures.
    ///   - leftOutPairs: The number of pairs of a list that were left out.
    public init(
        _ recognizer: Recognizer, face selection: FaceSelection, _ notes: PictureNotes, leftOutPairs: Int = 0
    ) {
        model = recognizer.embedder.card.identity.description
        detector = recognizer.finder.detector.name
        precision = recognizer.precision
        enhancement = recognizer.finder.configuration.enhancement.rawValue
        mirrored = recognizer.embedder.averagesMirrored
        face = selection.rawValue
        (self.notes, self.leftOutPairs) = (notes, leftOutPairs)
    }

    /// Creates the conditions of a measurement on a list of pairs.
    init(_ recognizer: Recognizer, face selection: FaceSelection, _ pairs: ReadablePairs) {
        self.init(recognizer, face: selection, pairs.notes, leftOutPairs: pairs.leftOut)
    }

    /// Returns a text about the pictures and pairs that were left out; `nil` if there are none.
    ///
    /// - Parameters:
    ///   - pictures: The number of pictures that could not be read.
    ///   - pairs: The number of pairs that were left out because of them; `nil` if there is no list of pairs, or if no
    ///     pairs were left out.
    public static func leftOut(pictures: Int, pairs: Int?) -> String? {
        guard pictures > 0 else { return nil }
        let others = pairs.map { ", and \(counted($0, "pair")) with them" } ?? ""
        return
            "\(counted(pictures, "picture")) could not be read and \(pictures == 1 ? "was" : "were") left out\(others)"
    }

    /// The conditions for a page, without the model, which the page states elsewhere.
    public var facts: [Page.Fact] {
        let leftOut = Self.leftOut(pictures: notes.unreadable.count, pairs: leftOutPairs > 0 ? leftOutPairs : nil)
        return [
            Page.Fact("Detector", detector), Page.Fact("Precision", precision),
            Page.Fact("Enhancement of pictures", "\(enhancement)"),
            Page.Fact("Mirrored face", mirrored ? "embedded too and averaged" : "not used"),
            Page.Fact("Face of a picture", face),
        ] + (leftOut.map { [Page.Fact("Left out", $0)] } ?? [])
    }
}
