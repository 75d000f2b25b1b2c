import Foundation

/// An error from outside the package (the system, Foundation, a decoder, another package), with a code, a category and
/// a remedy added.
public struct ForeignError: LikenessError {
    /// A stable name for programs.
    public let code: String
    /// The category.
    public let category: ErrorCategory
    /// The problem in one clause, with the file if it is known.
    public let problem: String
    /// The advice in one clause, or `nil` if there is none.
    public let remedy: String?

    /// The code of errors from other packages about which nothing more is known.
    public static let unknownCode = "unknown_error"

    /// Returns `error` itself if it is a ``LikenessError``; otherwise a ``ForeignError`` with the same meaning.
    public static func translating(_ error: any Error) -> any LikenessError {
        error as? any LikenessError ?? ForeignError(error)
    }

    private init(_ error: any Error) {
        switch error {
        case is CancellationError:
            self.init("interrupted", .interrupted, "interrupted")
        case let error as EncodingError:
            self.init(
                "unwritable_result", .badData, "the result can't be written in this form: \(Reason.text(of: error))")
        case let error as DecodingError:
            self.init("damaged_file", .badData, "a file is damaged: \(Reason.text(of: error))")
        default:
            guard let number = Reason.number(of: error) else {
                self.init(Self.unknownCode, .inputOutput, Reason.text(of: error))
                return
            }
            let path = Self.path(of: error).map { "\($0): " } ?? ""
            self.init(number: number, problem: path + Reason.text(of: number))
        }
    }

    private init(_ code: String, _ category: ErrorCategory, _ problem: String, remedy: String? = nil) {
        (self.code, self.category, self.problem, self.remedy) = (code, category, problem, remedy)
    }

    /// Creates the error for a system error number.
    init(number: Int32, problem: String) {
        switch number {
        case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG:
            self.init("file_not_found", .noInput, problem, remedy: "check the path")
        case EACCES, EPERM:
            self.init(
                "permission_denied", .inputOutput, problem, remedy: "check the permissions of the file and its folder")
        case ENOSPC, EDQUOT, EFBIG:
            self.init("disk_full", .inputOutput, problem, remedy: "free some space, or write to another place")
        case ENOMEM:
            self.init("out_of_memory", .system, problem, remedy: "free some memory, or raise the limit (ulimit -v)")
        case EMFILE, ENFILE:
            self.init("too_many_open_files", .system, problem, remedy: "allow more, for example with 'ulimit -n 1024'")
        case EAGAIN:
            self.init(
                "no_more_processes", .system, problem, remedy: "end other processes, or raise the limit (ulimit -u)")
        default:
            self.init("input_output_error", .inputOutput, problem)
        }
    }

    private static func path(of error: any Error) -> String? {
        let information = (error as NSError).userInfo
        return information[NSFilePathErrorKey] as? String ?? (information[NSURLErrorKey] as? URL)?.path
    }
}
