public import LikenessSupport

/// An error in the data of faces.
public enum FaceError: LikenessError, Hashable {
    /// The values are empty, all zero, not finite, or not of the required length.
    case invalidEmbedding(String)
    /// A detector returned a face with an impossible confidence, box or landmark.
    case invalidFace(String)
    /// Two embeddings of different models can't be compared.
    case modelMismatch(ModelIdentity, ModelIdentity)
    /// A face was aligned to another template than the model needs.
    case templateMismatch(expected: AlignmentTemplate, found: AlignmentTemplate)
    /// The five landmarks coincide, so no transform maps them to the template.
    case degenerateLandmarks
    /// A model card has no threshold for the false match rate, or too few pairs to support it.
    case unsupportedFalseMatchRate(Double, reason: String)
    /// A prior probability is not between 0 and 1.
    case invalidPrior(Double)
    /// A calibration that depends on the conditions was used without them.
    case missingConditions

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .unsupportedFalseMatchRate: "unsupported_false_match_rate"
        default: "bad_face"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .unsupportedFalseMatchRate: .usage
        default: .badData
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .invalidEmbedding(let what): "not an embedding: \(what)"
        case .invalidFace(let what): "the detector returned a face that can't exist: \(what)"
        case .modelMismatch(let a, let b): "embeddings of \(a) and \(b) can't be compared"
        case .templateMismatch(let expected, let found):
            "the model needs faces aligned to \(expected), not to \(found)"
        case .degenerateLandmarks: "the face's landmarks coincide, so it can't be aligned"
        case .unsupportedFalseMatchRate(let rate, let reason):
            "no threshold for a false match rate of \(rate): \(reason)"
        case .invalidPrior(let prior): "\(prior) is not a prior"
        case .missingConditions: "this calibration depends on the conditions of both faces"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .modelMismatch: "embed both pictures with one model"
        case .invalidPrior: "use a probability between 0 and 1"
        case .missingConditions: "pass their context vectors"
        case .unsupportedFalseMatchRate:
            "give a rate that the card supports ('likeness models show NAME'), or a threshold (--threshold; in code, "
                + "DecisionPolicy.threshold)"
        case .invalidEmbedding, .invalidFace, .templateMismatch, .degenerateLandmarks: nil
        }
    }
}

/// What to do about a picture in which no face was found.
package let noFaceAdvice =
    "choose a picture in which the face is larger, uncovered and well lit, or search longer (--thorough; in code, "
    + "FaceFinderConfiguration.isThorough)"
