import Foundation
import LikenessCommand

/// Another run of a program, with this one's standard streams.
enum ChildProcess {
    /// Runs `program`, and waits for it. Where the task is cancelled, it is asked to end.
    ///
    /// - Returns: The exit status; that of an interrupt where a signal ended it.
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

/// The machine that the program runs on.
enum Machine {
    /// The processor's name as the system gives it; the architecture where it gives none.
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
