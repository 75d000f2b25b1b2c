import Dispatch
import Foundation
import Pixels

/// Runs `work` so that the first signal to end (SIGINT, SIGTERM, SIGQUIT, SIGHUP) cancels it and it can end well; a second one
/// ends the program at once. Decoders in processes of their own, which may hang, end with the first.
///
/// - Throws: ``Failure/interrupted`` where `work` was cancelled; else what `work` throws.
package func interruptible(_ work: @escaping @Sendable () async throws -> Void) async throws {
    let decoding = DecodingStop()
    let task = Task { try await DecodingStop.$current.withValue(decoding) { try await work() } }
    let sources = endingSignals().map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            if task.isCancelled {
                UnfinishedFiles.shared.removeAll()
                exit(ExitStatus.interrupted.rawValue)
            }
            task.cancel()
            decoding.stop()
        }
        source.resume()
        return source
    }
    defer { sources.forEach { $0.cancel() } }
    do {
        try await task.value
    } catch is CancellationError {
        throw Failure.interrupted
    } catch let failure as FileFailure where failure.underlying is CancellationError {
        throw Failure.interrupted
    }
}

/// The signals that ask a program to end. Without SIGQUIT among them, Swift's runtime would take it for a crash, and its handler
/// may wait forever for the other threads. A terminal that goes away is none of them where that is to be ignored, as
/// `nohup` has it.
private func endingSignals() -> [Int32] {
    var hangUp = sigaction()
    sigaction(SIGHUP, nil, &hangUp)
    // The number of SIG_IGN, whose type can't be compared.
    let isIgnored = unsafeBitCast(hangUp.__sigaction_handler.sa_handler, to: UInt.self) == 1
    return [SIGINT, SIGTERM, SIGQUIT] + (isIgnored ? [] : [SIGHUP])
}
