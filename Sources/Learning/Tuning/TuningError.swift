/// Why a run can't be tuned.
public enum TuningError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A field to tune is not written as one.
    case invalidField(String, reason: String)
    /// No field was named, and the task has none that is tuned by default.
    case noNeurons(task: String, fields: [String])
    /// What was trained does not have the measure.
    case noMeasure(String, measures: [String])
    /// All evaluations failed.
    case nothingFound(String)
    /// A table of measured costs has other variables than were named.
    case otherVariables([String])
    /// There is no run to compare.
    case noRuns
    /// Two runs have one name.
    case twoRuns(String)
    /// Not all runs have a measure.
    case measureOfSome(String, ofAll: [String])
    /// A folder holds something else, or cannot be written.
    case folder(String, reason: String)

    /// The reason in a sentence, and what to do about it.
    public var description: String {
        switch self {
        case .invalidField(let text, let reason):
            "'\(text)' is no field to tune: \(reason). Write name=5...225 for whole numbers, name=0.1...0.9, "
                + "name=log:0.0001...0.1 or name=one|two"
        case .noNeurons(let task, let fields):
            "the task \(task) has no neurons to tune by default: name fields by --variable, such as epochs=5...50"
                + (fields.isEmpty ? "" : " or one of \(fields.joined(separator: ", "))")
        case .noMeasure(let name, let measures):
            "there is no measure '\(name)': there are \(measures.joined(separator: ", "))"
        case .nothingFound(let reason): "no evaluation ended well; the last failed because \(reason)"
        case .otherVariables(let names):
            "--variable gives the range of each of the table's variables: \(names.joined(separator: ", "))"
        case .noRuns: "name a run"
        case .twoRuns(let name): "two runs are called \(name): their folders' last names must differ"
        case .measureOfSome(let name, let all):
            "not all runs have a measure called \(name); all have \(all.joined(separator: ", "))"
        case .folder(let path, let reason): "\(path): \(reason)"
        }
    }
}
