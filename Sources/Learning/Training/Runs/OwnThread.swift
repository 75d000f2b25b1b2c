import Foundation

/// Runs `body` on a thread that nothing else uses: what the training engine switches on and off is switched for one
/// thread, and a loop that computes for hours must not sit on one of the few threads that tasks share.
func onOwnThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Swift.Result { try body() }) }
        thread.name = "training"
        // As large as a program's first thread: deep graphs are walked recursively.
        thread.stackSize = 16 << 20
        thread.start()
    }
}
