import Faces
public import LikenessSupport

/// An error that says why a model card and its weights can't be used as a generator.
public enum GeneratorError: LikenessError, Hashable {
    /// The card lacks a template or a single weights file, or its input has another size than the template.
    case notATranslator(String)
    /// The card and the weights contradict each other.
    case contradiction(String, String)

    /// The code of all cases.
    public var code: String { "damaged_model" }

    /// The category: the model can't be used.
    public var category: ErrorCategory { .unavailable }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .notATranslator(let name):
            "the model '\(name)' is not a generator: its card needs a template, an input of the template's size and "
                + "one weights file"
        case .contradiction(let name, let what): "the model '\(name)' can't run: \(what)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .contradiction: ModelCard.remedy
        case .notATranslator: nil
        }
    }
}
