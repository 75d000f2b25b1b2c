import Dispatch
import Foundation
import Pixels

/// Runs `work` so that it can be interrupted.
///
/// The first signal (SIGINT, SIGTERM, SIGQUIT or SIGHUP) cancels `work`, which can then finish cleanly. It also stops
/// the decoders that run as separate processes, because they may hang. A second signal ends the program at once.
///
/// - Throws: ``Failure/interrupted`` if `work` was cancelled; otherwise the error that `work` throws.
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

/// Returns the signals that ask the program to end.
///
/// SIGQUIT is handled here because Swift's runtime would treat it as a crash, and its handler may wait forever for the
/// other threads. SIGHUP is left out if it is already ignored, for example under `nohup`.
private func endingSignals() -> [Int32] {
    var hangUp = sigaction()
    sigaction(SIGHUP, nil, &hangUp)
    // 1 is the value of SIG_IGN; the function type itself can't be compared.
    let isIgnored = unsafeBitCast(hangUp.__sigaction_handler.sa_handler, to: UInt.self) == 1
    return [SIGINT, SIGTERM, SIGQUIT] + (isIgnored ? [] : [SIGHUP])
}
