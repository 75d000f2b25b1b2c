import Foundation
import LikenessCommand

/// Runs a program as a child process, with the same standard output and standard error.
enum ChildProcess {
    /// Runs `program`, and waits for its end. If the task is cancelled, the program is asked to end.
    ///
    /// - Returns: The exit status; ``ExitStatus/interrupted`` if a signal ended the program.
    static func run(_ program: URL, _ arguments: [String]) async throws -> Int32 {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                process.terminationHandler = { ended in
                    let wasKilled = ended.terminationReason == .uncaughtSignal
                    continuation.resume(
                        returning: wasKilled ? ExitStatus.interrupted.rawValue : ended.terminationStatus)
                }
                do { try process.run() } catch { continuation.resume(throwing: error) }
            }
        } onCancel: {
            process.terminate()
        }
    }
}

/// The machine on which the program runs.
enum Machine {
    /// The processor's name from the system; the architecture if the system gives no name.
    static var processor: String {
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
        let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        guard let name else {
            #if arch(x86_64)
            return "x86_64"
            #else
            return "arm64"
            #endif
        }
        return name.trimmingCharacters(in: .whitespaces)
    }
}
