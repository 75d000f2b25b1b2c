import Synchronization
import Testing

@testable import Recognition

/// The same with items that are worked on one by one.
private func mapInOrder<Item: Sendable, Value: Sendable>(
    _ items: [Item], atOnce: Int, together: Int = 1, each: @escaping @Sendable (Item) async throws -> Value,
    deliver: (Int, Result<Value, any Error>) async throws -> Void
) async throws {
    try await mapInOrder(
        items, atOnce: atOnce, together: together, transform: { await mapUntilCancelled($0, each) }, deliver: deliver)
}

@Suite("Many items at once, results in order")
struct MapInOrderTests {
    private struct Bad: Error, Equatable {}

    @Test("Each result once and in order, whoever is ready first", arguments: [1, 3, 16], [1, 7, 200])
    func order(atOnce: Int, together: Int) async throws {
        let items = Array(0..<100)
        var delivered: [Int] = []
        var values: [Int] = []
        try await mapInOrder(items, atOnce: atOnce, together: together) { item in
            for _ in 0..<(item % 7) { await Task.yield() }
            return item * item
        } deliver: { index, result in
            delivered.append(index)
            values.append(try result.get())
        }
        #expect(delivered == items)
        #expect(values == items.map { $0 * $0 })
    }

    @Test("No items, nothing delivered")
    func empty() async throws {
        try await mapInOrder([Int](), atOnce: 4) {
            $0
        } deliver: { _, _ in
            Issue.record("nothing is there")
        }
    }

    @Test("No more at once than were asked for, and all of them are used")
    func atOnce() async throws {
        let running = Mutex((now: 0, most: 0))
        try await mapInOrder(Array(0..<60), atOnce: 4) { item in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            for _ in 0..<20 { await Task.yield() }
            running.withLock { $0.now -= 1 }
            return item
        } deliver: { _, _ in
        }
        #expect(running.withLock { $0.most } <= 4)
        #expect(running.withLock { $0.most } > 1)
    }

    @Test("A slow item holds back a bounded number of others")
    func window() async throws {
        let begun = Mutex(0)
        try await mapInOrder(Array(0..<200), atOnce: 2) { item in
            begun.withLock { $0 += 1 }
            // The first waits until no other is begun any more.
            var last = -1
            while item == 0 {
                let count = begun.withLock { $0 }
                if count == last { break }
                last = count
                try await Task.sleep(for: .milliseconds(50))
            }
            return item
        } deliver: { index, _ in
            if index == 0 { #expect(begun.withLock { $0 } <= 17) }
        }
        #expect(begun.withLock { $0 } == 200)
    }

    @Test("A failure is that item's result, and the others go on")
    func failures() async throws {
        var failed: [Int] = []
        var count = 0
        try await mapInOrder(Array(0..<20), atOnce: 3) { item in
            if item % 5 == 0 { throw Bad() }
            return item
        } deliver: { index, result in
            count += 1
            if case .failure(let error) = result {
                #expect(error is Bad)
                failed.append(index)
            }
        }
        #expect(count == 20)
        #expect(failed == [0, 5, 10, 15])
    }

    @Test("What the receiver throws ends it")
    func receiverThrows() async throws {
        var count = 0
        await #expect(throws: Bad.self) {
            try await mapInOrder(Array(0..<20), atOnce: 3) {
                $0
            } deliver: { index, _ in
                count += 1
                if index == 4 { throw Bad() }
            }
        }
        #expect(count == 5)
    }

    @Test("A cancellation finishes and delivers what is under way, and says that items were left out")
    func cancellation() async throws {
        let counts = Mutex((begun: 0, ended: 0, delivered: 0))
        let task = Task {
            try await mapInOrder(Array(0..<1000), atOnce: 2) { item in
                counts.withLock { $0.begun += 1 }
                try await Task.sleep(for: .milliseconds(1))
                counts.withLock { $0.ended += 1 }
                return item
            } deliver: { index, result in
                _ = try result.get()
                counts.withLock { $0.delivered += 1 }
                if index == 5 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        let (begun, ended, delivered) = counts.withLock { $0 }
        #expect(begun == ended && ended == delivered, "nothing that was begun is lost")
        #expect((6...8).contains(delivered))
    }

    @Test("A cancellation in a group: what was begun is delivered, the rest of the group is left out")
    func cancellationInGroup() async throws {
        let begun = Mutex(0)
        let task = Task {
            var delivered: [Int] = []
            do {
                try await mapInOrder(Array(0..<100), atOnce: 1, together: 10) { item in
                    begun.withLock { $0 += 1 }
                    try await Task.sleep(for: .milliseconds(1))
                    return item
                } deliver: { index, result in
                    _ = try result.get()
                    delivered.append(index)
                    if index == 9 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            } catch is CancellationError {
                return delivered
            }
            return []
        }
        let delivered = try await task.value
        #expect(delivered == Array(0..<begun.withLock { $0 }))
        #expect((10...20).contains(delivered.count))
    }
}
