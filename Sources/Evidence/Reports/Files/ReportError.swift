public import LikenessSupport

/// An error that occurs when a report can't be written to its destination.
public enum ReportError: LikenessError, Hashable {
    /// The folder contains something that is not part of a report. The values are the folder's path and the file.
    case occupied(String, by: String)
    /// The destination is a file; the value is its path.
    case notAFolder(String)
    /// A file or a folder can't be written; the value is its path.
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
        case .occupied(let path, let file): "\(path) contains '\(file)', which is not part of a report"
        case .notAFolder(let path): "\(path) is a file, but a report needs a folder"
        case .unwritable(let path): "\(path) can't be written"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .occupied: "choose a folder that is new or empty, or contains only an earlier report"
        case .notAFolder: "choose another path"
        case .unwritable: nil
        }
    }
}
