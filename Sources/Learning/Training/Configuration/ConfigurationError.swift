public import LikenessSupport

/// An error for a configuration that can't be run. Every case names the field by its dotted path, such as
/// `optimizer.weightDecay`.
public enum ConfigurationError: LikenessError, Hashable {
    /// The file is not valid JSON.
    case notJSON(reason: String)
    /// There is no such field.
    case unknownField(String, nearest: String?)
    /// A required field is missing.
    case missingField(String)
    /// A field's value is of the wrong kind.
    case wrongKind(String, found: String, expected: String)
    /// A field's value is out of range.
    case outOfRange(String, value: String, allowed: String)
    /// A field's text is not one of the possible choices.
    case unknownChoice(String, value: String, choices: [String])

    /// The code of all cases.
    public var code: String { "bad_configuration" }

    /// The category of all cases.
    public var category: ErrorCategory { .badData }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .notJSON(let reason): "the configuration can't be read: \(reason)"
        case .unknownField(let field, _): "the configuration has no field \(field)"
        case .missingField(let field): "the field \(field) is missing from the configuration"
        case .wrongKind(let field, let found, let expected):
            "the configuration's field \(field) is \(found), but \(expected) is needed"
        case .outOfRange(let field, let value, let allowed):
            "the configuration's field \(field) is \(value), but must be \(allowed)"
        case .unknownChoice(let field, let value, let choices):
            "the configuration's field \(field) is \"\(value)\", but must be one of \(choices.joined(separator: ", "))"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        guard case .unknownField(_, let nearest?) = self else { return nil }
        return "did you mean \(nearest)?"
    }
}
