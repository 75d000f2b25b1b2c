public import LikenessSupport

/// An error that says why a run can't be tuned.
public enum TuningError: LikenessError, Hashable {
    /// A field to tune has the wrong form.
    case invalidField(String, reason: String)
    /// No field was named, and the task has none that is tuned by default.
    case noNeurons(task: String, fields: [String])
    /// The trained task does not have the measure.
    case noMeasure(String, measures: [String])
    /// All evaluations failed.
    case nothingFound(String)
    /// A folder can't be written.
    case folder(String, reason: String)

    /// The code of every failed search.
    public var code: String { "search_failed" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .folder: .inputOutput
        case .nothingFound: .badData
        case .invalidField, .noNeurons, .noMeasure: .usage
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .invalidField(let text, let reason): "'\(text)' is not a field to tune: \(reason)"
        case .noNeurons(let task, _): "the task \(task) has no neurons to tune by default"
        case .noMeasure(let name, let measures):
            "there is no measure '\(name)': there are \(measures.joined(separator: ", "))"
        case .nothingFound(let reason): "all evaluations failed; the reason of the last one: \(reason)"
        case .folder(let path, let reason): "\(path): \(reason)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .invalidField:
            "write name=5...225 for whole numbers, name=0.1...0.9, name=log:0.0001...0.1 or name=one|two"
        case .noNeurons(_, let fields):
            "name fields with --variable, such as epochs=5...50"
                + (fields.isEmpty ? "" : " or one of \(fields.joined(separator: ", "))")
        case .noMeasure, .nothingFound, .folder: nil
        }
    }
}
