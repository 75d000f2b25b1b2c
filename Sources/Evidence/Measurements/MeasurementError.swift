/// Why pictures can't be measured.
public enum MeasurementError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No picture can be read, or none has a face: figures would be of nothing.
    case nothingUsable(count: Int, unit: String, first: String)
    /// A picture could be read for one model and not for the next: their figures would be of different pictures.
    case lostPicture(String, reason: String)
    /// No picture has a face in the altered copy that is tested; the folder of the copies.
    case noFaceInCopies(folder: String)
    /// No photograph that a model is calibrated on has a face.
    case noFaceToCalibrate
    /// Decisions depend on masks, and the recognizer has no mask classifier.
    case noMaskClassifier
    /// The recognizer has no embedder, and similarities were asked for.
    case noEmbedder
    /// The model's card does not say how many numbers an embedding has; the model.
    case unknownDimension(String)
    /// Figures can't be put into a model card.
    case unusableCard(CardProblem)

    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .nothingUsable(let count, let unit, let first):
            "none of the \(count) \(unit) could be used; the first one: \(first)"
        case .lostPicture(let image, let reason):
            "\(image) could be read for one model and not for the next: \(reason)"
        case .noFaceInCopies(let folder): "no picture of the list has a face in \(folder)"
        case .noFaceToCalibrate: "no photograph of the list has a face"
        case .noMaskClassifier: "decisions follow masks, and no mask classifier is installed: run scripts/setup"
        case .noEmbedder: "the recognizer only finds faces: load it with an embedder"
        case .unknownDimension(let model):
            "the card of \(model) does not say how many numbers an embedding has: run scripts/setup again"
        case .unusableCard(let problem): problem.description
        }
    }

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .nothingUsable: "nothing_usable"
        case .lostPicture: "lost_picture"
        case .noFaceInCopies, .noFaceToCalibrate: "face_not_found"
        case .noMaskClassifier, .noEmbedder: "not_installed"
        case .unknownDimension: "unreadable_card"
        case .unusableCard: "unusable_card"
        }
    }
}
