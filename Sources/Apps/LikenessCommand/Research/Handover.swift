import ArgumentParser
import Foundation

/// Hands a command over to the program `likeness-research`, which evaluates, trains and alters pictures.
///
/// It is a program of its own so that recognition builds and starts without what only research needs. It takes the
/// process's place with the same words. It has the commands of recognition too, because completion scripts need all
/// commands.
package enum Handover {
    /// The program's name.
    static let program = "likeness-research"

    /// How much a command needs the program.
    enum Need {
        /// Not at all.
        case none
        /// The program knows more, but the command works without it.
        case helpful
        /// The program has the command.
        case required
    }

    /// Replaces the running program if the words of the command line are for `likeness-research`.
    ///
    /// - Throws: ``Failure/noResearchProgram(_:)`` if the command is in the program, and the program is missing;
    ///   ``Failure/cannotRead(_:reason:)`` if the system can't run it.
    package static func takePlace(for words: [String]) throws {
        let need = need(of: words)
        if need == .required || (need == .helpful && isInstalled) { try replaceProcess() }
    }

    /// Returns how much a command line needs the program.
    static func need(of words: [String]) -> Need {
        let names = words.prefix { $0 != "--" }.filter { !$0.hasPrefix("-") }
        let name = names.first == "help" ? names.dropFirst().first : names.first
        if let name {
            if ResearchCommands.all.contains(where: { $0._commandName == name }) { return .required }
            // `likeness-research` looks at the training engine too.
            return name == Doctor._commandName ? .helpful : .none
        }
        return words.contains { $0.hasPrefix("--generate-") || $0.hasPrefix("--experimental-") } ? .helpful : .none
    }

    /// Whether the program is beside the running one.
    static var isInstalled: Bool { place.map { access($0.path, X_OK) == 0 } ?? false }

    /// Replaces the running program.
    static func replaceProcess() throws -> Never {
        guard let place, isInstalled else { throw Failure.noResearchProgram(place?.path ?? program) }
        let words = UnsafeMutableBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        execv(place.path, words.map { $0 } + [nil])
        throw Failure.cannotRead(place.path, reason: systemReason(errno))
    }

    /// The program's file, beside that of the running one.
    private static var place: URL? {
        Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: program)
    }
}
