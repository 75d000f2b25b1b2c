import Foundation
import LikenessSupport
import Pixels

/// An error of the system, of Foundation or of a decoder that none of our own types tells.
struct SystemError: CustomStringConvertible {
    let code: String
    let status: ExitStatus
    let description: String

    /// The code where even this type knows nothing of an error.
    static let unknownCode = "unknown_error"

    /// - Returns: `nil` for errors of our own.
    init?(_ error: any Error) {
        switch error {
        case let error as EncodingError:
            (code, status) = ("unwritable_result", .badData)
            description = "the result can't be written in this form: \(Reason.text(of: error))"
        case let error as DecodingError:
            (code, status) = ("damaged_file", .badData)
            description = "a file is damaged: \(Reason.text(of: error))"
        default:
            guard let found = Reason.number(of: error) else { return nil }
            let path = Self.path(of: error).map { "\($0): " } ?? ""
            description = path + systemReason(found)
            (code, status) = Self.kind(found)
        }
    }

    /// What a program and a shell are told of the system's error with this number.
    private static func kind(_ number: Int32) -> (String, ExitStatus) {
        switch number {
        case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG: ("file_not_found", .noInput)
        case EACCES, EPERM: ("permission_denied", .inputOutput)
        case ENOSPC, EDQUOT, EFBIG: ("disk_full", .inputOutput)
        case ENOMEM: ("out_of_memory", .system)
        case EMFILE, ENFILE: ("too_many_open_files", .system)
        case EAGAIN: ("no_more_processes", .system)
        default: ("input_output_error", .inputOutput)
        }
    }

    private static func path(of error: any Error) -> String? {
        let information = (error as NSError).userInfo
        return information[NSFilePathErrorKey] as? String ?? (information[NSURLErrorKey] as? URL)?.path
    }
}

/// Why the system refused, in words, as far as `error` tells.
func systemReason(of error: any Error) -> String {
    if case .unwritableFile(_, let reason) = error as? ImageError { return reason }
    return Reason.number(of: error).map(systemReason) ?? Failure.message(of: error)
}
