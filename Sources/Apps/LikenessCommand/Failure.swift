import ArgumentParser
import Foundation
import Identities
import LikenessSupport
import Pixels

/// An error of the command itself.
enum Failure: LikenessError {
    case cannotWrite(String, reason: String)
    case cannotRead(String, reason: String)
    case overwritesInput(String, input: String)
    case noPictures(folders: [String])
    case badOption(String, remedy: String? = nil)
    case noStore(String)
    case noFile(String)
    case noFolder(String)
    case fewOpenFiles(limit: Int)
    case fewDetectors(installed: [String])
    case nameTaken(gallery: String)
    case interrupted

    /// The error to throw if `path` could not be written. An error of the file system ends the command. An error of the
    /// picture itself, or a lack of memory, is returned unchanged.
    static func ofWriting(_ path: String, _ error: any Error) -> any Error {
        switch error as? ImageError {
        case nil: cannotWrite(path, reason: systemReason(of: error))
        case .unwritableFile(_, let reason): cannotWrite(path, reason: reason)
        case .some(let error): error
        }
    }

    var code: String {
        switch self {
        case .interrupted: "interrupted"
        case .nameTaken(let gallery): GalleryError.galleryExists(gallery).code
        default: "command_failed"
        }
    }

    var category: ErrorCategory {
        switch self {
        case .cannotWrite: .inputOutput
        case .cannotRead, .noPictures, .noStore, .noFile, .noFolder: .noInput
        case .fewDetectors: .unavailable
        case .badOption, .overwritesInput: .usage
        case .nameTaken: .badData
        case .fewOpenFiles: .system
        case .interrupted: .interrupted
        }
    }

    var problem: String {
        switch self {
        case .cannotWrite(let path, let reason): "\(path) can't be written: \(reason)"
        case .cannotRead(let path, let reason): "\(path) can't be read: \(reason)"
        case .overwritesInput(let output, let input):
            output == input
                ? "\(output) is read, and would be overwritten"
                : "writing to \(output) would overwrite \(input), which is read"
        case .noPictures(let folders):
            folders.isEmpty ? "no picture was given" : "no picture is in \(folders.joined(separator: ", "))"
        case .badOption(let problem, _): problem
        case .noStore(let path): "there is no store at \(path)"
        case .noFile(let path): "there is no file at \(path)"
        case .noFolder(let path): "there is no folder at \(path)"
        case .fewOpenFiles(let limit): "too few files may be open at once (the limit is \(limit))"
        case .fewDetectors(let installed):
            "detectors are judged by each other, and \(installed.first.map { "only \($0)" } ?? "none") is installed"
        case .nameTaken(let gallery): "the store has a gallery '\(gallery)' already"
        case .interrupted: "interrupted"
        }
    }

    var remedy: String? {
        switch self {
        case .overwritesInput: "write to another place"
        case .noPictures(let folders): folders.isEmpty ? "name files, folders, patterns or -" : nil
        case .badOption(_, let remedy): remedy
        case .noStore: "enroll somebody first, or check the path"
        case .noFile, .noFolder: "check the path"
        case .fewOpenFiles: "allow more, such as with 'ulimit -n 256'"
        case .fewDetectors: "run scripts/setup"
        case .nameTaken: "give the imported one another name with --as, or remove the other first"
        case .cannotWrite, .cannotRead, .interrupted: nil
        }
    }
}

/// An error of one file, in a command that takes few files.
struct FileFailure: LikenessError {
    var file: String
    var underlying: any Error

    private var translated: any LikenessError { Failure.translating(underlying) }

    var code: String { translated.code }
    var category: ErrorCategory { translated.category }
    var problem: String { "\(file): \(translated.problem)" }
    var remedy: String? { translated.remedy }
    var description: String { "\(file): \(translated.description)" }
}

extension Failure {
    /// `error` as an error with a code, a category and a remedy, whatever its origin.
    static func translating(_ error: any Error) -> any LikenessError {
        if let error = error as? ValidationError { return badOption(error.message) }
        return ForeignError.translating(error)
    }

    /// One sentence for people.
    static func message(of error: any Error) -> String { translating(error).description }

    /// A stable name for programs.
    static func code(of error: any Error) -> String { translating(error).code }

    /// The exit status for `error` if it ends the command.
    static func status(of error: any Error) -> ExitStatus { ExitStatus(translating(error).category) }
}

/// The system's reason for `error` in words; without one, the message of `error`.
func systemReason(of error: any Error) -> String {
    if case .unwritableFile(_, let reason) = error as? ImageError { return reason }
    return Reason.number(of: error).map(Reason.text(of:)) ?? Failure.message(of: error)
}
