public import LikenessSupport

/// An error that says why pictures can't be measured.
public enum MeasurementError: LikenessError, Hashable {
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

    /// The code of all cases.
    public var code: String { "command_failed" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .nothingUsable, .lostPicture: .badData
        case .noFaceInCopies, .noFaceToCalibrate, .noMaskClassifier: .usage
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .nothingUsable(let count, let unit, let first):
            "none of the \(count) \(unit) could be used; the first one: \(first)"
        case .lostPicture(let image, let reason):
            "\(image) could be read for one model and not for the next: \(reason)"
        case .noFaceInCopies(let folder): "no picture of the list has a face in \(folder)"
        case .noFaceToCalibrate: "no photograph of the list has a face"
        case .noMaskClassifier: "decisions follow masks, and no mask classifier is installed"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noMaskClassifier: "run scripts/setup"
        case .nothingUsable, .lostPicture, .noFaceInCopies, .noFaceToCalibrate: nil
        }
    }
}
