/// Why a card and its weights make no embedder.
public enum EmbedderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The card lacks a template, a dimension or its one file of weights.
    case notAnEmbedder(String)
    /// The card lacks a template or its one file of weights, or its input is not as large as the template.
    case notAFaceClassifier(String)
    /// The network has no attention over the places of a face, or its card does not say where.
    case noAttention(String, architecture: String)
    /// The card and the weights say different things.
    case contradiction(String, String)

    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .notAnEmbedder(let name):
            "the model '\(name)' is no embedder: its card needs a template, a dimension and one file of weights"
        case .notAFaceClassifier(let name):
            "the model '\(name)' is no classifier of faces: its card needs a template, an input as large and one file of weights"
        case .noAttention(let name, let architecture):
            "the model '\(name)' has no attention to show (\(architecture)): leave out --attention, or take a model whose card "
                + "names its attention, such as facenet-strengthened"
        case .contradiction(let name, let what):
            "the model '\(name)' can't run: \(what); run scripts/setup again"
        }
    }
}
