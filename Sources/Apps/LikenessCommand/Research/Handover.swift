import ArgumentParser
import Foundation
import LikenessSupport

/// Hands a command over to the program `likeness-research`, which has the commands for evaluation, training and
/// altering pictures.
///
/// It is a separate program so that recognition builds and starts without the modules that only research needs. It
/// replaces the running process and gets the same arguments. It also has the commands for recognition, because
/// completion scripts need all commands.
package enum Handover {
    /// The program's name.
    static let program = "likeness-research"

    /// The need of a command for the program.
    enum Need {
        /// The command does not use the program.
        case none
        /// The program's version of the command does more, but the command works without it.
        case helpful
        /// Only the program has the command.
        case required
    }

    /// Replaces the running program with `likeness-research` if the arguments name one of its commands.
    ///
    /// - Throws: ``Failure/noResearchProgram(_:)`` if the program is required and missing;
    ///   ``Failure/cannotRead(_:reason:)`` if the system can't run it.
    package static func takePlace(for words: [String]) throws {
        let need = need(of: words)
        if need == .required || (need == .helpful && isInstalled) { try replaceProcess() }
    }

    /// Returns the need of a command line for the program.
    static func need(of words: [String]) -> Need {
        let names = words.prefix { $0 != "--" }.filter { !$0.hasPrefix("-") }
        let name = names.first == "help" ? names.dropFirst().first : names.first
        if let name, ResearchCommands.all.contains(where: { $0._commandName == name }) { return .required }
        // `likeness-research` checks the training engine too, and its completion scripts have all commands.
        let isHelpful =
            name == Doctor._commandName
            || words.contains { $0.hasPrefix("--generate-completion-script") || $0 == "--experimental-dump-help" }
        return isHelpful ? .helpful : .none
    }

    /// Whether the program is in the same folder as the running one.
    static var isInstalled: Bool { place.map { access($0.path, X_OK) == 0 } ?? false }

    /// Replaces the running program with `likeness-research`.
    static func replaceProcess() throws -> Never {
        guard let place, isInstalled else { throw Failure.noResearchProgram(place?.path ?? program) }
        let words = UnsafeMutableBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        execv(place.path, words.map { $0 } + [nil])
        throw Failure.cannotRead(place.path, reason: Reason.text(of: errno))
    }

    /// The program's file, in the folder of the running program.
    private static var place: URL? {
        Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: program)
    }
}
