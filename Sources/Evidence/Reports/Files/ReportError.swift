/// Why a report can't be put where it should be.
public enum ReportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The folder holds something that is no part of a report; its path, and the file.
    case occupied(String, by: String)
    /// The place is a file; its path.
    case notAFolder(String)
    /// A file or a folder can't be written; its path.
    case unwritable(String)

    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .occupied(let path, let file):
            "\(path) holds '\(file)', which is not part of a report: name a folder that is new, empty, or holds an "
                + "earlier report alone"
        case .notAFolder(let path): "\(path) is a file, and a report is a folder: name another place"
        case .unwritable(let path): "\(path) can't be written"
        }
    }
}
