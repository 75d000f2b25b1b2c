import ArgumentParser
import Foundation
import LikenessSupport
import Pixels

/// Runs the command, and turns what goes wrong into one line on the standard error and an exit status.
@main
enum Main {
    static func main() async {
        // A reader that goes away (`likeness … | head`) is an error of writing, not a silent death; so is a file that
        // grows over the limit of its size.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        OpenFile.openMissingStreams()
        do {
            try OpenFiles.check()
            // Threads that can't be made end the process: what the first of them take must be there.
            try Memory.check(128 << 20)
            var command = try Likeness.parseAsRoot(CommandArguments.all())
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let status as ExitCode {
            exit(status.rawValue)
        } catch  where Likeness.exitCode(for: error) != .failure {
            // The parser's own errors; all others fail in its eyes.
            explain(error)
        } catch {
            Terminal.note("likeness: \(Failure.message(of: error))")
            exit(Failure.status(of: error).rawValue)
        }
    }

    /// Prints help that was asked for, or says what was not understood, and ends the program.
    private static func explain(_ error: any Error) -> Never {
        let status = Likeness.exitCode(for: error), text = Likeness.fullMessage(for: error)
        if let hint = CommandArguments.hint(CommandArguments.all()) {
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
            Terminal.note("likeness: \(Failure.message(of: error))")
            exit(Failure.status(of: error).rawValue)
        }
        exit(status.rawValue)
    }
}
