/// Runs `transform` over `items`, `together` at a time by each of `atOnce` workers, and delivers the results in order.
///
/// - Parameters:
///   - items: What is worked on.
///   - atOnce: How many groups are under way at the same time.
///   - together: How many items make a group.
///   - transform: The results of a group in order; those that a cancellation left out are missing at the end.
///   - deliver: Takes an item's place and its result.
/// - Throws: What `deliver` throws; `CancellationError` where items were left out.
func mapInOrder<Item: Sendable, Value: Sendable>(
    _ items: [Item], atOnce: Int, together: Int = 1,
    transform: @escaping @Sendable (ArraySlice<Item>) async -> [Result<Value, any Error>],
    deliver: (Int, Result<Value, any Error>) async throws -> Void
) async throws {
    precondition(atOnce > 0 && together > 0, "at least one worker, and one item each")
    let starts = Array(stride(from: 0, to: items.count, by: together))
    // A slow group may hold back this many finished ones, so that memory stays bounded.
    let window = together == 1 ? atOnce * 8 : atOnce * 2
    var delivered = 0
    try await withThrowingTaskGroup(of: (Int, [Result<Value, any Error>]).self) { tasks in
        var next = 0
        var waiting: [Int: [Result<Value, any Error>]] = [:]
        var toDeliver = 0

        func begin() {
            guard next < starts.count, next - toDeliver < window, !Task.isCancelled else { return }
            let index = next, start = starts[next]
            let group = items[start..<min(start + together, items.count)]
            next += 1
            tasks.addTask { (index, await transform(group)) }
        }

        for _ in 0..<atOnce { begin() }
        while let (index, results) = try await tasks.next() {
            waiting[index] = results
            while let ready = waiting.removeValue(forKey: toDeliver) {
                for (offset, result) in ready.enumerated() {
                    try await deliver(starts[toDeliver] + offset, result)
                    delivered += 1
                }
                toDeliver += 1
            }
            let running = next - toDeliver - waiting.count
            for _ in running..<max(atOnce, running) { begin() }
        }
    }
    if delivered < items.count { throw CancellationError() }
}

/// The results of `transform` for each of `items` in turn; a cancellation leaves out those that were not begun, and does
/// not cut short the one that was.
func mapUntilCancelled<Item: Sendable, Value: Sendable>(
    _ items: some Sequence<Item>, _ transform: @escaping @Sendable (Item) async throws -> Value
) async -> [Result<Value, any Error>] {
    var results: [Result<Value, any Error>] = []
    for item in items where !Task.isCancelled {
        // A task of its own does not notice that this one was cancelled.
        results.append(await Task { try await transform(item) }.result)
    }
    return results
}
