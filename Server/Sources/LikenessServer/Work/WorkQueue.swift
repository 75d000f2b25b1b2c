/// Lets a number of requests work at once, and a number of others wait. The rest is refused, so that load never becomes
/// memory.
actor WorkQueue {
    private let working: Int
    private let waiting: Int
    private var active = 0
    private var queue: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    private var next: UInt64 = 0

    /// The numbers of requests that work and that wait.
    var load: (active: Int, waiting: Int) { (active, queue.count) }

    /// Creates a queue.
    ///
    /// - Parameters:
    ///   - working: Requests that work at once; at least 1.
    ///   - waiting: Requests that may wait.
    init(working: Int, waiting: Int) { (self.working, self.waiting) = (max(working, 1), max(waiting, 0)) }

    /// Runs `body` when it is its turn.
    ///
    /// - Throws: ``ServerError/overloaded(retryAfter:)`` at once if too many wait; `CancellationError` if the client has
    ///   gone; errors of `body`.
    nonisolated func run<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await enter()
        do {
            let result = try await body()
            await leave()
            return result
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async throws {
        if active < working, queue.isEmpty {
            active += 1
            return
        }
        guard queue.count < waiting else { throw ServerError.overloaded(retryAfter: 1) }
        let id = next
        next += 1
        let hasTurn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(returning: false)
                } else {
                    queue.append((id, continuation))
                }
            }
        } onCancel: {
            Task { await self.giveUp(id) }
        }
        guard hasTurn else { throw CancellationError() }
    }

    private func giveUp(_ id: UInt64) {
        guard let place = queue.firstIndex(where: { $0.id == id }) else { return }
        queue.remove(at: place).continuation.resume(returning: false)
    }

    private func leave() {
        // The place goes to the next one who waits, so `active` stays as it is.
        if queue.isEmpty { active -= 1 } else { queue.removeFirst().continuation.resume(returning: true) }
    }
}
