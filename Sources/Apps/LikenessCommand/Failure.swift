import ArgumentParser
import Foundation
import Identities
package import LikenessSupport
import Pixels

/// An error of the command itself.
package enum Failure: LikenessError {
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
    case noResearchProgram(String)
    case interrupted

    /// Returns the error to throw if `path` could not be written. An error of the file system becomes ``cannotWrite``,
    /// which ends the command. An error of the picture itself, or a lack of memory, is returned unchanged.
    package static func ofWriting(_ path: String, _ error: any Error) -> any Error {
        switch error as? ImageError {
        case nil: cannotWrite(path, reason: systemReason(of: error))
        case .unwritableFile(_, let reason): cannotWrite(path, reason: reason)
        case .some(let error): error
        }
    }

    package var code: String {
        switch self {
        case .interrupted: "interrupted"
        case .nameTaken(let gallery): GalleryError.galleryExists(gallery).code
        default: "command_failed"
        }
    }

    package var category: ErrorCategory {
        switch self {
        case .cannotWrite: .inputOutput
        case .cannotRead, .noPictures, .noStore, .noFile, .noFolder: .noInput
        case .fewDetectors, .noResearchProgram: .unavailable
        case .badOption, .overwritesInput: .usage
        case .nameTaken: .badData
        case .fewOpenFiles: .system
        case .interrupted: .interrupted
        }
    }

    package var problem: String {
        switch self {
        case .cannotWrite(let path, let reason): "\(path) can't be written: \(reason)"
        case .cannotRead(let path, let reason): "\(path) can't be read: \(reason)"
        case .overwritesInput(let output, let input):
            output == input
                ? "\(output) is an input, and would be overwritten"
                : "writing to \(output) would overwrite \(input), which is an input"
        case .noPictures(let folders):
            folders.isEmpty ? "no picture was given" : "there are no pictures in \(folders.joined(separator: ", "))"
        case .badOption(let problem, _): problem
        case .noStore(let path): "there is no store at \(path)"
        case .noFile(let path): "there is no file at \(path)"
        case .noFolder(let path): "there is no folder at \(path)"
        case .fewOpenFiles(let limit): "the limit on open files is too low (\(limit))"
        case .fewDetectors(let installed):
            "a comparison needs two detectors, but \(installed.first.map { "only \($0)" } ?? "none") was chosen or is installed"
        case .nameTaken(let gallery): "the store already has a gallery '\(gallery)'"
        case .noResearchProgram(let path): "this command needs the program \(path), which is missing"
        case .interrupted: "interrupted"
        }
    }

    package var remedy: String? {
        switch self {
        case .overwritesInput: "choose another output path"
        case .noPictures(let folders):
            folders.isEmpty ? "name files, folders, patterns, or - for the standard input" : nil
        case .badOption(_, let remedy): remedy
        case .noStore: "check the path, or create the store with 'likeness enroll'"
        case .noFile, .noFolder: "check the path"
        case .fewOpenFiles: "raise it, for example with 'ulimit -n 256'"
        case .fewDetectors: "name a second one with --detector; if it is not installed, run scripts/setup"
        case .noResearchProgram:
            "run 'swift build -c release' in the clone; a copied likeness needs likeness-research beside it"
        case .nameTaken: "import it under another name with --as, or remove the existing gallery first"
        case .cannotWrite, .cannotRead, .interrupted: nil
        }
    }
}

/// An error with the name of the file that caused it, for commands that read only a few files.
package struct FileFailure: LikenessError {
    package var file: String
    package var underlying: any Error

    package init(file: String, underlying: any Error) { (self.file, self.underlying) = (file, underlying) }

    private var translated: any LikenessError { Failure.translating(underlying) }

    package var code: String { translated.code }
    package var category: ErrorCategory { translated.category }
    package var problem: String { "\(file): \(translated.problem)" }
    package var remedy: String? { translated.remedy }
    package var description: String { "\(file): \(translated.description)" }
}

extension Failure {
    /// Returns any error as one with a code, a category and a remedy.
    package static func translating(_ error: any Error) -> any LikenessError {
        if let error = error as? ValidationError { return badOption(error.message) }
        return ForeignError.translating(error)
    }

    /// Returns the error's message for people, in one sentence.
    package static func message(of error: any Error) -> String { translating(error).description }

    /// Returns the error's stable code for programs.
    package static func code(of error: any Error) -> String { translating(error).code }

    /// Returns the exit status of a command that `error` ends.
    package static func status(of error: any Error) -> ExitStatus { ExitStatus(translating(error).category) }
}

/// Returns the system's reason for `error` in words; if there is none, the message of `error`.
package func systemReason(of error: any Error) -> String {
    if case .unwritableFile(_, let reason) = error as? ImageError { return reason }
    return Reason.number(of: error).map(Reason.text(of:)) ?? Failure.message(of: error)
}
