public import Faces
import LikenessSupport
public import Recognition
public import Reports

/// The networks and settings that a measurement was made with, and the pictures that it had to do without.
public struct MeasurementConditions: Sendable {
    /// The model with its weights, as `ModelIdentity` writes it.
    public var model: String
    /// The detector's name.
    public var detector: String
    /// The precision in which the networks ran, such as `bf16`.
    public var precision: String
    /// What was done if no face was found.
    public var enhancement: String
    /// Whether the mirrored face was embedded too, and averaged.
    public var mirrored: Bool
    /// Which face stood for a picture.
    public var face: String
    /// What is to be said of the pictures.
    public var notes: PictureNotes
    /// How many pairs of a list were left out because their pictures could not be read.
    public var leftOutPairs: Int

    /// The conditions under which `recognizer` ran.
    ///
    /// - Parameters:
    ///   - recognizer: What found the faces and embedded them.
    ///   - selection: Which face stood for a picture.
    ///   - notes: What is to be said of the pictures.
    ///   - leftOutPairs: How many pairs of a list were left out.
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

    /// The conditions of a measurement on a list of pairs.
    init(_ recognizer: Recognizer, face selection: FaceSelection, _ pairs: ReadablePairs) {
        self.init(recognizer, face: selection, pairs.notes, leftOutPairs: pairs.leftOut)
    }

    /// What was left out, in words; `nil` if nothing was.
    ///
    /// - Parameters:
    ///   - pictures: How many pictures could not be read.
    ///   - pairs: How many pairs were left out because of them; `nil` if there is no list of pairs, or none was.
    public static func leftOut(pictures: Int, pairs: Int?) -> String? {
        guard pictures > 0 else { return nil }
        let others = pairs.map { ", and \(counted($0, "pair")) with them" } ?? ""
        return
            "\(counted(pictures, "picture")) could not be read and \(pictures == 1 ? "was" : "were") left out\(others)"
    }

    /// The conditions for a page, which says the model itself.
    public var facts: [Page.Fact] {
        let leftOut = Self.leftOut(pictures: notes.unreadable.count, pairs: leftOutPairs > 0 ? leftOutPairs : nil)
        return [
            Page.Fact("Detector", detector), Page.Fact("Precision", precision),
            Page.Fact("Where no face is found", "enhancement \(enhancement)"),
            Page.Fact("Mirrored face", mirrored ? "embedded too, and averaged" : "not used"),
            Page.Fact("Face of a picture", face),
        ] + (leftOut.map { [Page.Fact("Left out", $0)] } ?? [])
    }
}
