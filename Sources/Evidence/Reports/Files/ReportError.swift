public import LikenessSupport

/// An error that says why a report can't be put where it should be.
public enum ReportError: LikenessError, Hashable {
    /// The folder holds something that is not part of a report; its path, and the file.
    case occupied(String, by: String)
    /// The place is a file; its path.
    case notAFolder(String)
    /// A file or a folder can't be written; its path.
    case unwritable(String)

    /// The code of all cases.
    public var code: String { "command_failed" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .occupied, .notAFolder: .usage
        case .unwritable: .inputOutput
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .occupied(let path, let file): "\(path) holds '\(file)', which is not part of a report"
        case .notAFolder(let path): "\(path) is a file, and a report is a folder"
        case .unwritable(let path): "\(path) can't be written"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .occupied: "name a folder that is new, empty, or holds an earlier report alone"
        case .notAFolder: "name another place"
        case .unwritable: nil
        }
    }
}
