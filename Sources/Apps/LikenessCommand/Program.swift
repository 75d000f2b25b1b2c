package import ArgumentParser
import Foundation
import Pixels

/// A program of commands: it runs one, and turns an error into one line on the standard error and an exit status.
package struct Program<Root: AsyncParsableCommand> {
    /// The words after the program's name.
    private let words = CommandArguments.all()
    private let handsOver: Bool

    /// A program with the commands of `root`.
    ///
    /// - Parameter handsOver: Whether `likeness-research` runs the commands that it has.
    package init(_ root: Root.Type, handsOver: Bool = false) { self.handsOver = handsOver }

    /// Runs the command that the words name.
    package func run() async {
        Self.prepare()
        do {
            if handsOver { try Handover.takePlace(for: words) }
            try OpenFiles.check()
            // Threads that can't be made end the process: what the first of them take must be there.
            try Memory.check(128 << 20)
            var command = try Root.parseAsRoot(words)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let status as ExitCode {
            exit(status.rawValue)
        } catch  where Root.exitCode(for: error) != .failure {
            // The parser's own errors; all others fail in its eyes.
            explain(error)
        } catch {
            Self.end(with: error)
        }
    }

    /// Sets what every command relies on.
    private static func prepare() {
        // A reader that goes away (`likeness … | head`) is an error of writing, not a silent death; so is a file that
        // grows over the limit of its size.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        StandardStream.openMissing()
    }

    /// Prints help that was asked for, or says what was not understood, and ends the program.
    private func explain(_ error: any Error) -> Never {
        let status = Root.exitCode(for: error), text = Root.fullMessage(for: error)
        if let hint = CommandArguments.hint(words) {
            // Help that nobody asked for: the name's letters hold an h.
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
