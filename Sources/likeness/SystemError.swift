import Foundation
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
            description = "the result can't be written in this form: \(Self.text(error))"
        case let error as DecodingError:
            (code, status) = ("damaged_file", .badData)
            description = "a file is damaged: \(Self.text(error))"
        default:
            guard let found = Self.number(of: error) else { return nil }
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

    /// The system's number of an error, or of the one that it was caused by.
    static func number(of error: any Error) -> Int32? {
        if let error = error as? POSIXError { return error.code.rawValue }
        let error = error as NSError
        if error.domain == NSPOSIXErrorDomain { return Int32(clamping: error.code) }
        if let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error, let number = number(of: cause) {
            return number
        }
        guard error.domain == NSCocoaErrorDomain else { return nil }
        switch CocoaError.Code(rawValue: error.code) {
        case .fileNoSuchFile, .fileReadNoSuchFile: return ENOENT
        case .fileReadNoPermission, .fileWriteNoPermission: return EACCES
        case .fileWriteOutOfSpace: return ENOSPC
        case .fileWriteVolumeReadOnly: return EROFS
        case .fileWriteFileExists: return EEXIST
        default: return EIO
        }
    }

    private static func path(of error: any Error) -> String? {
        let information = (error as NSError).userInfo
        return information[NSFilePathErrorKey] as? String ?? (information[NSURLErrorKey] as? URL)?.path
    }

    private static func text(_ error: EncodingError) -> String {
        if case .invalidValue(let value, let context) = error { return "\(place(context.codingPath)) is \(value)" }
        return "\(error)"
    }

    private static func text(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return "\(place(context.codingPath)): \(context.debugDescription)"
        case .keyNotFound(let key, let context): return "\(place(context.codingPath + [key])) is missing"
        @unknown default: return "\(error)"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "the file" : path.map(\.stringValue).joined(separator: ".")
    }
}

/// Why the system refused, in words, as far as `error` tells.
func systemReason(of error: any Error) -> String {
    if case .unwritableFile(_, let reason) = error as? ImageError { return reason }
    return SystemError.number(of: error).map(systemReason) ?? Failure.message(of: error)
}
