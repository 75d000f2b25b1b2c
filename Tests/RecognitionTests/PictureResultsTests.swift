import Synchronization
import Testing

@testable import Recognition

/// Returns the results of items that are processed one by one.
private func results<Item: Sendable, Value: Sendable>(
    _ items: [Item], atOnce: Int, together: Int = 1, each: @escaping @Sendable (Item) async throws -> Value
) -> PictureResults<Value> {
    PictureResults(items, atOnce: atOnce, together: together) { await mapUntilCancelled($0, each) }
}

/// Waits until `count` is at least `expected`, however busy the machine is, and then a little longer for any that
/// should not come.
private func settled(atLeast expected: Int, _ count: () -> Int) async throws -> Int {
    let deadline = ContinuousClock.now + .seconds(120)
    while count() < expected, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(5)) }
    try await Task.sleep(for: .milliseconds(100))
    return count()
}

@Suite("Many items at once, with results in order")
struct PictureResultsTests {
    private struct Bad: Error, Equatable {}

    @Test("Each result once and in order, whichever is ready first", arguments: [1, 3, 16], [1, 7, 200])
    func order(atOnce: Int, together: Int) async throws {
        let items = Array(0..<100)
        var taken: [Int] = []
        var values: [Int] = []
        let squares = results(items, atOnce: atOnce, together: together) { item in
            for _ in 0..<(item % 7) { await Task.yield() }
            return item * item
        }
        for try await (index, result) in squares {
            taken.append(index)
            values.append(try result.get())
        }
        #expect(taken == items)
        #expect(values == items.map { $0 * $0 })
    }

    @Test("No items give no results; nothing starts before the loop, and every loop starts anew")
    func loops() async throws {
        for try await _ in results([Int](), atOnce: 4, each: { $0 }) { Issue.record("nothing is there") }
        let begun = Mutex(0)
        let numbers = results([1, 2, 3], atOnce: 1) { item in
            begun.withLock { $0 += 1 }
            return item
        }
        #expect(begun.withLock { $0 } == 0)
        for _ in 0..<2 {
            var sum = 0
            for try await (_, result) in numbers { sum += try result.get() }
            #expect(sum == 6)
        }
        #expect(begun.withLock { $0 } == 6)
    }

    @Test("No more at once than requested, and all of these are used")
    func atOnce() async throws {
        let running = Mutex((now: 0, most: 0))
        let work = results(Array(0..<60), atOnce: 4) { item in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            for _ in 0..<20 { await Task.yield() }
            running.withLock { $0.now -= 1 }
            return item
        }
        for try await _ in work {}
        #expect(running.withLock { $0.most } <= 4)
        #expect(running.withLock { $0.most } > 1)
    }

    @Test("With a slow loop, only a few items start ahead of it", arguments: [1, 3], [1, 4])
    func slowLoop(atOnce: Int, together: Int) async throws {
        let begun = Mutex(0)
        let work = results(Array(0..<400), atOnce: atOnce, together: together) { item in
            begun.withLock { $0 += 1 }
            return item
        }
        let window = together == 1 ? atOnce * 8 : atOnce * 2 * together
        var loop = work.makeAsyncIterator()
        var taken = 0
        for count in [1, together, 50] {
            for _ in 0..<count where try await loop.next() != nil { taken += 1 }
            let least = taken + window - together
            let ahead = try await settled(atLeast: least) { begun.withLock { $0 } } - taken
            #expect((window - together...window).contains(ahead), "\(ahead) after \(taken)")
        }
        while try await loop.next() != nil { taken += 1 }
        #expect(taken == 400)
    }

    @Test("A slow item delays a bounded number of others")
    func slowItem() async throws {
        let begun = Mutex(0)
        let work = results(Array(0..<200), atOnce: 2) { item in
            begun.withLock { $0 += 1 }
            // The first one waits until no others start any more.
            if item == 0 { return try await settled(atLeast: 16) { begun.withLock { $0 } } }
            return item
        }
        var count = 0
        for try await (index, result) in work {
            if index == 0 { #expect(try result.get() == 16) }
            count += 1
        }
        #expect(count == 200)
    }

    @Test("A failure is the result of its item, and the others continue")
    func failures() async throws {
        var failed: [Int] = []
        var count = 0
        let work = results(Array(0..<20), atOnce: 3) { item in
            if item % 5 == 0 { throw Bad() }
            return item
        }
        for try await (index, result) in work {
            count += 1
            if case .failure(let error) = result {
                #expect(error is Bad)
                failed.append(index)
            }
        }
        #expect(count == 20)
        #expect(failed == [0, 5, 10, 15])
    }

    @Test("When the loop is left, nothing more starts, and running items finish")
    func leftEarly() async throws {
        let counts = Mutex((begun: 0, ended: 0))
        let work = results(Array(0..<10_000), atOnce: 2) { item in
            counts.withLock { $0.begun += 1 }
            // It does not notice that its result is no longer wanted.
            try await Task.sleep(for: .milliseconds(1))
            counts.withLock { $0.ended += 1 }
            return item
        }
        for try await (index, _) in work where index == 4 { break }
        _ = try await settled(atLeast: 5) { counts.withLock { $0.begun } }
        let deadline = ContinuousClock.now + .seconds(120)
        while counts.withLock({ $0.begun != $0.ended }), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        let (begun, ended) = counts.withLock { $0 }
        #expect((5...5 + 16 + 2).contains(begun) && ended == begun)
    }

    @Test("A loop can wait for running items when it is left; no results come after that")
    func finished() async throws {
        let counts = Mutex((begun: 0, ended: 0))
        let work = results(Array(0..<1000), atOnce: 3) { item in
            counts.withLock { $0.begun += 1 }
            try await Task.sleep(for: .milliseconds(2))
            counts.withLock { $0.ended += 1 }
            return item
        }
        var loop = work.makeAsyncIterator()
        #expect(try await loop.next()?.index == 0)
        await loop.finish()
        let (begun, ended) = counts.withLock { $0 }
        #expect(begun == ended && begun < 1000)
        #expect(try await loop.next() == nil)
        await loop.finish()
        #expect(counts.withLock { $0.begun } == begun)
    }

    @Test("A cancellation finishes and returns running items, and reports that items were left out")
    func cancellation() async throws {
        let counts = Mutex((begun: 0, ended: 0, taken: 0))
        let task = Task {
            let work = results(Array(0..<1000), atOnce: 2) { item in
                counts.withLock { $0.begun += 1 }
                try await Task.sleep(for: .milliseconds(1))
                counts.withLock { $0.ended += 1 }
                return item
            }
            for try await (index, result) in work {
                _ = try result.get()
                counts.withLock { $0.taken += 1 }
                if index == 5 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        let (begun, ended, taken) = counts.withLock { $0 }
        #expect(begun == ended && ended == taken, "nothing that was begun is lost")
        #expect((6...6 + 16).contains(taken))
    }

    @Test("A cancellation after the last item has started leaves nothing out and is not an error")
    func lateCancellation() async throws {
        let task = Task {
            var taken: [Int] = []
            for try await (index, _) in results(Array(0..<4), atOnce: 2, each: { $0 }) {
                if index == 0 {
                    // All four are begun by now.
                    try await Task.sleep(for: .milliseconds(50))
                    withUnsafeCurrentTask { $0?.cancel() }
                }
                taken.append(index)
            }
            return taken
        }
        #expect(try await task.value == [0, 1, 2, 3])
    }

    @Test("A cancellation in a group: started items are returned, the rest of the group is left out")
    func cancellationInGroup() async throws {
        let begun = Mutex(0)
        let task = Task {
            var taken: [Int] = []
            do {
                let work = results(Array(0..<1000), atOnce: 1, together: 10) { item in
                    begun.withLock { $0 += 1 }
                    try await Task.sleep(for: .milliseconds(1))
                    return item
                }
                for try await (index, result) in work {
                    _ = try result.get()
                    taken.append(index)
                    if index == 9 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            } catch is CancellationError {
                return taken
            }
            return []
        }
        let taken = try await task.value
        #expect(taken == Array(0..<begun.withLock { $0 }))
        #expect((10...30).contains(taken.count))
    }

    @Test("A task that is canceled while it waits continues when running items have finished")
    func cancelledWaiting() async throws {
        let isCancelled = Mutex(false)
        let task = Task {
            let work = results(Array(0..<10), atOnce: 1) { item in
                while !isCancelled.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
                return item
            }
            var taken: [Int] = []
            do {
                for try await (index, _) in work { taken.append(index) }
            } catch is CancellationError {
                return taken
            }
            return [-1]
        }
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        isCancelled.withLock { $0 = true }
        let taken = try await task.value
        #expect(taken == Array(0..<taken.count) && taken.count < 10)
    }
}

@Suite("Items that arrive one after the other")
struct StreamedResultsTests {
    private struct Bad: Error {}

    private func doubled<Items: AsyncSequence & Sendable>(
        _ items: Items, atOnce: Int = 2
    ) -> PictureResults<Int> where Items.Element == Int {
        PictureResults(items, atOnce: atOnce) { await mapUntilCancelled($0) { $0 * 2 } }
    }

    @Test("Results in order, until the stream ends")
    func order() async throws {
        let stream = AsyncStream { continuation in
            for item in 0..<50 { continuation.yield(item) }
            continuation.finish()
        }
        var taken: [Int] = []
        for try await (index, result) in doubled(stream) {
            #expect(index == taken.count)
            taken.append(try result.get())
        }
        #expect(taken == (0..<50).map { $0 * 2 })
    }

    @Test("A result is returned before the next item arrives")
    func oneByOne() async throws {
        let (stream, items) = AsyncStream.makeStream(of: Int.self)
        var loop = doubled(stream).makeAsyncIterator()
        for item in 0..<10 {
            items.yield(item)
            let element = try #require(try await loop.next())
            #expect(try element.index == item && element.result.get() == item * 2)
        }
        items.finish()
        #expect(try await loop.next() == nil)
    }

    @Test("From an endless stream, no more is read than a slow loop allows")
    func endless() async throws {
        let read = Mutex(0)
        let stream = AsyncStream {
            read.withLock { count in
                count += 1
                return count
            }
        }
        var loop = doubled(stream, atOnce: 2).makeAsyncIterator()
        for taken in 1...5 {
            _ = try await loop.next()
            let count = try await settled(atLeast: taken) { read.withLock { $0 } }
            #expect(count - taken <= 2 * 8 + 1, "one more waits for its turn")
        }
    }

    @Test("An error of the stream comes after the results of earlier items")
    func failing() async throws {
        let stream = AsyncThrowingStream<Int, any Error> { continuation in
            for item in 0..<5 { continuation.yield(item) }
            continuation.finish(throwing: Bad())
        }
        var taken = 0
        await #expect(throws: Bad.self) {
            for try await _ in doubled(stream) { taken += 1 }
        }
        #expect(taken == 5)
    }

    @Test("A cancellation ends the wait for an item that never arrives")
    func cancellation() async throws {
        let (stream, items) = AsyncStream.makeStream(of: Int.self)
        items.yield(1)
        let task = Task {
            for try await (index, _) in doubled(stream) where index == 0 { withUnsafeCurrentTask { $0?.cancel() } }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        items.finish()
    }
}
