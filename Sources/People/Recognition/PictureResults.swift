/// The results of work on many pictures, in the order of the pictures, several of which are worked on at once.
///
/// ```swift
/// for try await (index, result) in recognizer.analyses(of: sources) {
///     print(sources[index].name, try result.get().faces.count)
/// }
/// ```
///
/// Work begins with the loop and waits for it: no more than 8 pictures for each worker (16 in long lists, whose faces are
/// embedded together) are under way or done and not taken yet. One bad picture is one failure among the results.
///
/// When the loop is left, or its task is cancelled, no further picture is begun, and those under way are finished. A
/// cancelled loop is given the results of these too, and then throws `CancellationError` if pictures were left out. To
/// leave a loop and wait for the pictures under way, take the results from an iterator and call ``AsyncIterator/finish()``.
///
/// Every loop over the sequence does the work anew.
public struct PictureResults<Value: Sendable>: AsyncSequence, Sendable {
    /// A picture's place among the sources, and its result.
    public typealias Element = (index: Int, result: Result<Value, any Error>)

    private let start: @Sendable () -> ResultQueue<Value>.Consumer

    /// The results of `transform` for all `items`.
    ///
    /// - Parameters:
    ///   - items: What is worked on.
    ///   - atOnce: How many groups are under way at the same time.
    ///   - together: How many items make a group.
    ///   - transform: The results of a group in order; those that a cancellation left out are missing at the end.
    init<Item: Sendable>(
        _ items: [Item], atOnce: Int, together: Int = 1,
        transform: @escaping @Sendable ([Item]) async -> [Result<Value, any Error>]
    ) {
        let window = together == 1 ? atOnce * 8 : atOnce * 2
        start = {
            ResultQueue(atOnce: atOnce, window: window)
                .started(on: ItemGroups(items: items, size: together), transform: transform)
        }
    }

    /// The results of `transform` for items that come one after the other, perhaps without end.
    init<Items: AsyncSequence & Sendable>(
        _ items: Items, atOnce: Int,
        transform: @escaping @Sendable ([Items.Element]) async -> [Result<Value, any Error>]
    ) where Items.Element: Sendable {
        start = {
            ResultQueue(atOnce: atOnce, window: atOnce * 8).started(on: SingleItems(items: items), transform: transform)
        }
    }

    /// Begins the work.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(consumer: start()) }

    /// Gives one result after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let consumer: ResultQueue<Value>.Consumer

        /// The next picture's result; `nil` after the last.
        ///
        /// - Throws: `CancellationError` if pictures were left out because the task was cancelled; an error of the sequence of
        ///   sources.
        public mutating func next() async throws -> Element? { try await consumer.next() }

        /// Stops the work, and returns when what is under way is finished: before a program ends, or closes what the work uses.
        ///
        /// No result is given after it.
        public mutating func finish() async { await consumer.finish() }
    }
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

/// A list in groups of equal size, the last one perhaps smaller.
private struct ItemGroups<Item: Sendable>: AsyncSequence, Sendable {
    let items: [Item]
    let size: Int

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: items[...], size: size) }

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<Item>
        let size: Int

        mutating func next() async -> [Item]? {
            guard !rest.isEmpty else { return nil }
            let group = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
            return group
        }
    }
}

/// A sequence whose items each make a group.
private struct SingleItems<Items: AsyncSequence & Sendable>: AsyncSequence, Sendable where Items.Element: Sendable {
    let items: Items

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(items: items.makeAsyncIterator()) }

    struct AsyncIterator: AsyncIteratorProtocol {
        var items: Items.AsyncIterator

        mutating func next() async throws -> [Items.Element]? {
            if let item = try await items.next() { return [item] }
            // Many sequences just end when they are cancelled: that is no end of the items.
            try Task.checkCancellation()
            return nil
        }
    }
}
