/// The results of processing many pictures, in the order of the pictures. Several pictures are processed at once.
///
/// ```swift
/// for try await (index, result) in recognizer.analyses(of: sources) {
///     print(sources[index].name, try result.get().faces.count)
/// }
/// ```
///
/// The work begins with the loop and doesn't run far ahead of it: at most 8 pictures for each worker are in progress or
/// finished but not yet taken. In long lists, in which the faces of several pictures are embedded together, the limit
/// is 16. A picture that can't be processed is a failure among the results.
///
/// If the loop is left or its task is canceled, no further picture is started, and those in progress are finished. A
/// canceled loop still receives the results of these, and then throws `CancellationError` if pictures were left out.
/// To leave a loop and wait for the pictures in progress, take the results from an iterator and call
/// ``AsyncIterator/finish()``.
///
/// Every loop over the sequence repeats the work.
public struct PictureResults<Value: Sendable>: AsyncSequence, Sendable {
    /// The index of a picture among the sources, and its result.
    public typealias Element = (index: Int, result: Result<Value, any Error>)

    private let start: @Sendable () -> ResultQueue<Value>.Consumer

    /// Creates the results of `transform` for all `items`.
    ///
    /// - Parameters:
    ///   - items: The items to process.
    ///   - atOnce: The number of groups processed at once.
    ///   - together: The number of items in a group.
    ///   - transform: Returns the results of a group in order; results left out because of a cancellation are missing
    ///     at the end.
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

    /// Creates the results of `transform` for items from an asynchronous sequence, which may be endless.
    init<Items: AsyncSequence & Sendable>(
        _ items: Items, atOnce: Int,
        transform: @escaping @Sendable ([Items.Element]) async -> [Result<Value, any Error>]
    ) where Items.Element: Sendable {
        start = {
            ResultQueue(atOnce: atOnce, window: atOnce * 8).started(on: SingleItems(items: items), transform: transform)
        }
    }

    /// Starts the work.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(consumer: start()) }

    /// Returns one result after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let consumer: ResultQueue<Value>.Consumer

        /// Returns the next picture's result; `nil` after the last.
        ///
        /// - Throws: `CancellationError` if pictures were left out because the task was canceled; an error of the sequence of
        ///   sources.
        public mutating func next() async throws -> Element? { try await consumer.next() }

        /// Stops the work, and returns when the pictures in progress are finished. Call it before the program ends, or
        /// before closing anything the work uses.
        ///
        /// ``next()`` returns no more results after it.
        public mutating func finish() async { await consumer.finish() }
    }
}

/// Returns the results of `transform` for each of `items` in turn. After a cancellation no further item is started, but
/// the current one is finished.
func mapUntilCancelled<Item: Sendable, Value: Sendable>(
    _ items: some Sequence<Item>, _ transform: @escaping @Sendable (Item) async throws -> Value
) async -> [Result<Value, any Error>] {
    var results: [Result<Value, any Error>] = []
    for item in items where !Task.isCancelled {
        // A new task, because it isn't affected by the cancellation of the current one.
        results.append(await Task { try await transform(item) }.result)
    }
    return results
}

/// A list divided into groups of equal size; the last group may be smaller.
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

/// A sequence in which each item forms its own group.
private struct SingleItems<Items: AsyncSequence & Sendable>: AsyncSequence, Sendable where Items.Element: Sendable {
    let items: Items

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(items: items.makeAsyncIterator()) }

    struct AsyncIterator: AsyncIteratorProtocol {
        var items: Items.AsyncIterator

        mutating func next() async throws -> [Items.Element]? {
            if let item = try await items.next() { return [item] }
            // Many sequences simply end when they are canceled. That must not be taken for the end of the items.
            try Task.checkCancellation()
            return nil
        }
    }
}
