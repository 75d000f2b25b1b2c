import Foundation
import LikenessCommand
import Subprocess
import SystemPackage

/// A child process with the standard output and the standard error of this process, and without standard input.
enum ChildProcess {
    /// How long a child may take to end after it was asked to; then it is killed.
    private static let patience: Duration = .seconds(120)

    /// Runs `program`, and waits until it ends. If the task is cancelled, the child is asked to end (SIGTERM).
    ///
    /// - Returns: The exit status; that of an interruption if a signal ended the child.
    static func run(_ program: URL, _ arguments: [String]) async throws -> Int32 {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: patience)]
        let result = try await Subprocess.run(
            .path(FilePath(program.path)), arguments: Arguments(arguments), platformOptions: options, input: .none,
            output: .currentStandardOutput, error: .currentStandardError)
        return switch result.terminationStatus {
        case .exited(let status): status
        case .signaled: ExitStatus.interrupted.rawValue
        }
    }
}
