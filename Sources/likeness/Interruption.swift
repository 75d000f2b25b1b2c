import Dispatch
import Foundation

/// Runs `work` so that the first interrupt (SIGINT, SIGTERM) cancels it and it can end well; a second one ends the
/// program at once.
///
/// - Throws: ``Failure/interrupted`` where `work` was cancelled; else what `work` throws.
func interruptible(_ work: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task { try await work() }
    let sources = [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            if task.isCancelled { exit(ExitStatus.interrupted.rawValue) }
            task.cancel()
        }
        source.resume()
        return source
    }
    defer { sources.forEach { $0.cancel() } }
    do {
        try await task.value
    } catch is CancellationError {
        throw Failure.interrupted
    }
}
