public import LikenessSupport

/// An error that says why a card and its weights are not an embedder.
public enum EmbedderError: LikenessError, Hashable {
    /// The card lacks a template, a dimension or its one file of weights.
    case notAnEmbedder(String)
    /// The card lacks a template or its one file of weights, or its input is not as large as the template.
    case notAFaceClassifier(String)
    /// The network has no attention over the places of a face, or its card does not say where.
    case noAttention(String, architecture: String)
    /// The card and the weights say different things.
    case contradiction(String, String)

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .noAttention: "no_attention"
        case .notAnEmbedder, .notAFaceClassifier, .contradiction: "damaged_model"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .noAttention: .usage
        case .notAnEmbedder, .notAFaceClassifier, .contradiction: .unavailable
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .notAnEmbedder(let name):
            "the model '\(name)' is no embedder: its card needs a template, a dimension and one file of weights"
        case .notAFaceClassifier(let name):
            "the model '\(name)' is no classifier of faces: its card needs a template, an input as large and one file of weights"
        case .noAttention(let name, let architecture):
            "the model '\(name)' has no attention to show (\(architecture))"
        case .contradiction(let name, let what): "the model '\(name)' can't run: \(what)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noAttention:
            "leave out --attention, or take a model whose card names its attention, such as facenet-strengthened"
        case .contradiction: "run scripts/setup again"
        case .notAnEmbedder, .notAFaceClassifier: nil
        }
    }
}
