public import LikenessSupport

/// An error that prevents a measurement on pictures.
public enum MeasurementError: LikenessError, Hashable {
    /// No picture can be read, or no picture has a face, so there is nothing to measure.
    case nothingUsable(count: Int, unit: String, first: String)
    /// A picture could be read for one model but not for the next, so that their results would be from different
    /// pictures.
    case lostPicture(String, reason: String)
    /// No picture has a face in the tested altered copy; the value is the folder of the copies.
    case noFaceInCopies(folder: String)
    /// None of the photographs for the calibration has a face.
    case noFaceToCalibrate
    /// Decisions depend on masks, but the recognizer has no mask classifier.
    case noMaskClassifier
    /// The quality of faces is needed, but the recognizer has no network for it.
    case noQuality

    /// The code of all cases.
    public var code: String { "command_failed" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .nothingUsable, .lostPicture: .badData
        case .noFaceInCopies, .noFaceToCalibrate, .noMaskClassifier: .usage
        case .noQuality: .unavailable
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .nothingUsable(let count, let unit, let first):
            "none of the \(count) \(unit) could be used; the first one: \(first)"
        case .lostPicture(let image, let reason):
            "\(image) could be read for one model but not for the next: \(reason)"
        case .noFaceInCopies(let folder): "no face was found in any of the altered copies in \(folder)"
        case .noFaceToCalibrate: "no face was found in any photograph of the list"
        case .noMaskClassifier: "decisions depend on masks, but no mask classifier is installed"
        case .noQuality: "the quality of faces is needed, but no network for it is installed"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noMaskClassifier, .noQuality: "run scripts/setup --accept-research-weights"
        case .nothingUsable, .lostPicture, .noFaceInCopies, .noFaceToCalibrate: nil
        }
    }
}
