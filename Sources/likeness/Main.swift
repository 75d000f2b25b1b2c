import ArgumentParser
import Foundation

/// Runs the command, and turns what goes wrong into one line on the standard error and an exit status.
@main
enum Main {
    static func main() async {
        // A reader that goes away (`likeness … | head`) is an error of writing, not a silent death.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try Likeness.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let status as ExitCode {
            exit(status.rawValue)
        } catch  where Failure.isOurs(error) {
            Terminal.note("likeness: \(Failure.message(of: error))")
            exit(Failure.status(of: error).rawValue)
        } catch  where Likeness.exitCode(for: error) != .failure {
            // Help that was asked for, or a command line that was not understood.
            Likeness.exit(withError: error)
        } catch {
            // The system's errors: status 1 would say 'no match'.
            Terminal.note("likeness: \(Failure.message(of: error))")
            exit(ExitStatus.inputOutput.rawValue)
        }
    }
}
