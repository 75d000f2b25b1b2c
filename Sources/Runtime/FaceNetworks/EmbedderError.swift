import Faces
public import LikenessSupport

/// An error that says why a model card and its weights can't be used.
public enum EmbedderError: LikenessError, Hashable {
    /// The card lacks a template, a dimension or a single weights file.
    case notAnEmbedder(String)
    /// The card lacks a template or a single weights file, or its input has another size than the template.
    case notAFaceClassifier(String)
    /// The network has no spatial attention, or its card does not name it.
    case noAttention(String, architecture: String)
    /// The card and the weights contradict each other.
    case contradiction(String, String)
    /// The network returned numbers that are not an embedding: all zero, or not finite.
    case wrongNumbers(String)

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .noAttention: "no_attention"
        case .notAnEmbedder, .notAFaceClassifier, .contradiction, .wrongNumbers: "damaged_model"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .noAttention: .usage
        case .notAnEmbedder, .notAFaceClassifier, .contradiction, .wrongNumbers: .unavailable
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .notAnEmbedder(let name):
            "the model '\(name)' is not an embedder: its card needs a template, a dimension and one weights file"
        case .notAFaceClassifier(let name):
            "the model '\(name)' can't be used on aligned faces: its card needs a template, an input of the template's size "
                + "and one weights file"
        case .noAttention(let name, let architecture):
            "the model '\(name)' has no attention to show (\(architecture))"
        case .contradiction(let name, let what): "the model '\(name)' can't run: \(what)"
        case .wrongNumbers(let name):
            "the model '\(name)' returned numbers that are all zero or not finite, so its weights must be damaged"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noAttention:
            "choose a model whose card names its attention, such as facenet-strengthened, or leave attention out"
        case .contradiction: ModelCard.remedy
        case .wrongNumbers: "fetch it again with scripts/setup or, if it is your own, train or export it again"
        case .notAnEmbedder, .notAFaceClassifier: nil
        }
    }
}
