/// Why a card and its weights make no generator.
public enum GeneratorError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The card lacks a template or its one file of weights, or its input is not as large as the template.
    case notATranslator(String)
    /// The card and the weights say different things.
    case contradiction(String, String)

    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .notATranslator(let name):
            "the model '\(name)' makes no pictures: its card needs a template, an input as large and one file of weights"
        case .contradiction(let name, let what):
            "the model '\(name)' can't run: \(what); run scripts/setup again"
        }
    }
}
