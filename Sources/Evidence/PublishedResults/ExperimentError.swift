public import LikenessSupport

/// An error that prevents running, reading or publishing an experiment.
public enum ExperimentError: LikenessError, Hashable {
    /// The experiment does not exist.
    case unknown(String, near: String)
    /// The experiment's definition is invalid.
    case badDefinition(String, reason: String)
    /// A path into a record is invalid, or nothing is at that path.
    case badPath(String, reason: String)
    /// A required file or folder is missing.
    case missing(String, from: String)
    /// A step ended with an exit status that doesn't count as success.
    case stepFailed(String, status: Int32)
    /// The published results can't be read.
    case badResults(String, reason: String)
    /// A document has no place for the table.
    case noPlace(String, name: String)
    /// A file can't be written.
    case unwritable(String)

    /// The code of all cases.
    public var code: String { "experiment_failed" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .unknown, .missing: .noInput
        case .badDefinition, .badPath, .badResults, .noPlace, .stepFailed: .badData
        case .unwritable: .inputOutput
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .unknown(let name, let file): "there is no experiment '\(name)': \(file) is missing"
        case .badDefinition(let file, let reason): "\(file) is not a valid experiment: \(reason)"
        case .badPath(let path, let reason): "'\(path)' is not a valid path: \(reason)"
        case .missing(let path, _): "\(path) is missing"
        case .stepFailed(let name, let status):
            "step '\(name)' ended with status \(status); the results of earlier steps are kept"
        case .badResults(let file, let reason): "\(file) can't be read: \(reason)"
        case .noPlace(let file, _): "\(file) has no place for the table"
        case .unwritable(let file): "\(file) can't be written"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .unknown: "use --list to see all experiments"
        case .missing(_, let from): "run \(from) first"
        case .badResults: "run the experiment again with --publish"
        case .noPlace(_, let name):
            "put <!-- table: \(name) --> and <!-- end of table: \(name) --> where the table "
                + "belongs"
        case .badDefinition, .badPath, .stepFailed, .unwritable: nil
        }
    }
}
