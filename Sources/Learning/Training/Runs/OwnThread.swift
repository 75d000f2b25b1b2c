import Foundation

/// Runs `body` on a new thread. The training engine's switches apply to one thread, and a loop that computes for hours
/// must not block one of the few threads that tasks share.
func onOwnThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Swift.Result { try body() }) }
        thread.name = "training"
        // As large as the main thread's stack, because deep graphs are traversed recursively.
        thread.stackSize = 16 << 20
        thread.start()
    }
}
