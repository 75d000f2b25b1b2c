extension Recognizer {
    /// Analyzes many pictures, `configuration.workers` at once, and hands over each result in the order of `sources`.
    ///
    /// One bad picture is one failure among the results. When the task is cancelled, what is under way is finished and
    /// handed over, and nothing more is begun.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - selection: Which faces of each are wanted.
    ///   - deliver: Takes the picture's index in `sources` and its result.
    /// - Throws: What `deliver` throws; `CancellationError` where pictures were left out.
    public func analyze(
        _ sources: [PictureSource], selecting selection: FaceSelection = .all,
        deliver: (Int, Result<Analysis, any Error>) async throws -> Void
    ) async throws {
        try await mapInOrder(
            sources, atOnce: configuration.workers,
            transform: { try await analyze($0, selecting: selection) }, deliver: deliver)
    }
}

/// Runs `transform` over `items`, `atOnce` of them at a time, and delivers the results in order.
func mapInOrder<Item: Sendable, Value: Sendable>(
    _ items: [Item], atOnce: Int, transform: @escaping @Sendable (Item) async throws -> Value,
    deliver: (Int, Result<Value, any Error>) async throws -> Void
) async throws {
    precondition(atOnce > 0, "at least one worker")
    try await withThrowingTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
        var next = 0
        var waiting: [Int: Result<Value, any Error>] = [:]
        var toDeliver = 0
        // A slow picture may hold back this many finished ones, so that memory stays bounded.
        let window = atOnce * 8

        func begin() {
            guard next < items.count, next - toDeliver < window, !Task.isCancelled else { return }
            let index = next
            let item = items[index]
            next += 1
            group.addTask {
                // The work itself must not be cut short by the cancellation that stops the batch.
                let work = Task { try await transform(item) }
                return (index, await work.result)
            }
        }

        for _ in 0..<atOnce { begin() }
        while let (index, result) = try await group.next() {
            waiting[index] = result
            while let ready = waiting.removeValue(forKey: toDeliver) {
                try await deliver(toDeliver, ready)
                toDeliver += 1
            }
            let running = next - toDeliver - waiting.count
            for _ in running..<max(atOnce, running) { begin() }
        }
        if toDeliver < items.count { throw CancellationError() }
    }
}
