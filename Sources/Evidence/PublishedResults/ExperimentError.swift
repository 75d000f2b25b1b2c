public import LikenessSupport

/// An error that says why an experiment can't be run, read or published.
public enum ExperimentError: LikenessError, Hashable {
    /// There is no such experiment.
    case unknown(String, near: String)
    /// Its definition says something that can't be.
    case badDefinition(String, reason: String)
    /// A path into a record that is not one, or that leads nowhere.
    case badPath(String, reason: String)
    /// Something that it works on is not there.
    case missing(String, from: String)
    /// A step ended with another exit status than it may.
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
        case .badDefinition(let file, let reason): "\(file) is no experiment: \(reason)"
        case .badPath(let path, let reason): "'\(path)' leads nowhere: \(reason)"
        case .missing(let path, _): "\(path) is missing"
        case .stepFailed(let name, let status):
            "step '\(name)' ended with status \(status); the steps before it are kept"
        case .badResults(let file, let reason): "\(file) can't be read: \(reason)"
        case .noPlace(let file, _): "\(file) has no place for the table"
        case .unwritable(let file): "\(file) can't be written"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .unknown: "--list names those there are"
        case .missing(_, let from): "run \(from) first"
        case .badResults: "run the experiment again with --publish"
        case .noPlace(_, let name): "put <!-- table: \(name) --> and <!-- end of table: \(name) --> where it goes"
        case .badDefinition, .badPath, .stepFailed, .unwritable: nil
        }
    }
}
