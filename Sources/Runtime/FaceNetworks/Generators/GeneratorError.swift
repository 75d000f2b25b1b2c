public import LikenessSupport

/// An error that says why a card and its weights are not a generator.
public enum GeneratorError: LikenessError, Hashable {
    /// The card lacks a template or its one file of weights, or its input is not as large as the template.
    case notATranslator(String)
    /// The card and the weights say different things.
    case contradiction(String, String)

    /// The code of every model that can't be used.
    public var code: String { "damaged_model" }

    /// The model can't be used.
    public var category: ErrorCategory { .unavailable }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .notATranslator(let name):
            "the model '\(name)' makes no pictures: its card needs a template, an input as large and one file of weights"
        case .contradiction(let name, let what): "the model '\(name)' can't run: \(what)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .contradiction: "run scripts/setup again"
        case .notATranslator: nil
        }
    }
}
