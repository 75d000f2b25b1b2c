package import ArgumentParser
import Foundation
import LikenessSupport
import Pixels

/// A program with subcommands. It runs one of them, and turns an error into a line on the standard error and an exit
/// status.
package struct Program<Root: AsyncParsableCommand> {
    /// The arguments after the program's name.
    private let words = CommandArguments.all()
    private let handsOver: Bool

    /// Creates a program with the commands of `root`.
    ///
    /// - Parameter handsOver: Whether the commands of `likeness-research` are run by that program.
    package init(_ root: Root.Type, handsOver: Bool = false) { self.handsOver = handsOver }

    /// Runs the command that the arguments name.
    /// It stays on the caller's thread until the checks are done: a process that may open no more files can't make threads.
    package nonisolated(nonsending) func run() async {
        Self.prepare()
        do {
            if handsOver { try Handover.takePlace(for: words) }
            try OpenFiles.check()
            // A thread that can't be created ends the process, so the memory for the first threads is checked here.
            try Memory.check(128 << 20)
            try Self.checkHelp(words)
            var command = try Root.parseAsRoot(words)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let status as ExitCode {
            exit(status.rawValue)
        } catch  where Root.exitCode(for: error) != .failure {
            // An error of the parser, or a request for help. The parser reports every other error as `failure`.
            explain(error)
        } catch {
            Self.end(with: error)
        }
    }

    /// Checks that `help` names a command that exists; the parser would show the help of the command before it.
    private static func checkHelp(_ words: [String]) throws {
        guard words.first == "help" else { return }
        var commands = Root.configuration.subcommands
        for word in words.dropFirst().filter({ !$0.hasPrefix("-") }) {
            guard let command = commands.first(where: { $0._commandName == word }) else {
                throw Failure.badOption("there is no command '\(word)'", remedy: "see 'likeness --help'")
            }
            commands = command.configuration.subcommands
        }
    }

    /// Sets up signals and the standard streams.
    private static func prepare() {
        // If a reader goes away (`likeness … | head`) or a file grows beyond its size limit, writing must fail with an
        // error instead of ending the program silently.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        OpenFile.openMissingStreams()
    }

    /// Prints the requested help, or the error of the parser, and ends the program.
    private func explain(_ error: any Error) -> Never {
        let status = Root.exitCode(for: error), text = Root.fullMessage(for: error)
        if let hint = CommandArguments.hint(words) {
            // The parser found -h in the letters of a file name; nobody asked for help.
            StandardStream.writeError((status == .success ? "" : text.printableLines + "\n"))
            Terminal.note(hint)
            exit(ExitStatus.usage.rawValue)
        }
        guard status == .success else {
            StandardStream.writeError(text.printableLines + "\n")
            exit(status.rawValue)
        }
        do {
            try StandardStream.writeOutput(text + "\n")
        } catch {
            Self.end(with: error)
        }
        exit(status.rawValue)
    }

    private static func end(with error: any Error) -> Never {
        Terminal.note("likeness: \(Failure.message(of: error))")
        exit(Failure.status(of: error).rawValue)
    }
}
