/// Why an experiment can't be run, read or published.
public enum ExperimentError: Error, Sendable, Hashable, CustomStringConvertible {
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
    /// What is published can't be read.
    case badResults(String, reason: String)
    /// A document has no place for the table.
    case noPlace(String, name: String)
    /// A file can't be written.
    case unwritable(String)

    /// The reason in a sentence, and what to do about it.
    public var description: String {
        switch self {
        case .unknown(let name, let file):
            "there is no experiment '\(name)': \(file) is missing; --list names those there are"
        case .badDefinition(let file, let reason): "\(file) is no experiment: \(reason)"
        case .badPath(let path, let reason): "'\(path)' leads nowhere: \(reason)"
        case .missing(let path, let from): "\(path) is missing: run \(from) first"
        case .stepFailed(let name, let status):
            "step '\(name)' ended with status \(status); the steps before it are kept"
        case .badResults(let file, let reason):
            "\(file) can't be read: \(reason); run the experiment again with --publish"
        case .noPlace(let file, let name):
            "\(file) has no place for the table: put <!-- table: \(name) --> and <!-- end of table: \(name) --> where it goes"
        case .unwritable(let file): "\(file) can't be written"
        }
    }
}
