import Synchronization

/// A queue between workers and the loop that takes their results in order. Workers may run ahead of the loop only as
/// far as the window allows.
final class ResultQueue<Value: Sendable>: Sendable {
    typealias Element = PictureResults<Value>.Element

    private struct State {
        /// The number of groups that have begun, and of those whose results have all been taken.
        var begun = 0, taken = 0
        var running = 0
        /// The index of the next group's first item.
        var nextStart = 0
        /// Finished groups that are not completely taken yet, by number: the index of the first remaining item, and the
        /// remaining results.
        var finished: [Int: (start: Int, results: ArraySlice<Result<Value, any Error>>)] = [:]
        /// Whether no further group may begin.
        var isStopped = false
        var hasLeftOut = false
        /// The reason why no more results will come, if so.
        var ending: Result<Void, any Error>?
        var waitingWorker: CheckedContinuation<Bool, Never>?
        var waitingLoop: CheckedContinuation<Void, Never>?
    }

    private let atOnce: Int
    private let window: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - atOnce: The number of groups processed at once.
    ///   - window: The number of groups that may have begun and are not taken yet.
    init(atOnce: Int, window: Int) {
        precondition(atOnce > 0 && window > 0, "at least one worker")
        self.atOnce = atOnce
        self.window = window
    }

    /// Starts the work on all `groups`.
    ///
    /// - Returns: The consumer that takes the results. The work stops when it is released.
    func started<Item: Sendable, Groups: AsyncSequence & Sendable>(
        on groups: Groups, transform: @escaping @Sendable ([Item]) async -> [Result<Value, any Error>]
    ) -> Consumer where Groups.Element == [Item] {
        Consumer(queue: self, work: Task { await work(on: groups, transform) })
    }

    private func work<Item: Sendable, Groups: AsyncSequence & Sendable>(
        on groups: Groups, _ transform: @escaping @Sendable ([Item]) async -> [Result<Value, any Error>]
    ) async where Groups.Element == [Item] {
        let ending: Result<Void, any Error> = await withDiscardingTaskGroup { tasks in
            do {
                for try await group in groups {
                    guard await mayBegin() else { return .failure(CancellationError()) }
                    let (number, start) = begin(group.count)
                    tasks.addTask {
                        let results = await transform(group)
                        self.finish(number, start: start, results, of: group.count)
                    }
                }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        end(ending)
    }

    // MARK: The workers' side

    /// Waits until another group may begin. Returns `false` if no more may begin.
    private func mayBegin() async -> Bool {
        await withCheckedContinuation { continuation in
            let answer: Bool? = state.withLock { state in
                if let permission = permission(state) { return permission }
                state.waitingWorker = continuation
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func permission(_ state: State) -> Bool? {
        if state.isStopped { return false }
        return state.running < atOnce && state.begun - state.taken < window ? true : nil
    }

    /// Prepares to wake the waiting worker if it may continue. The caller must call the returned closure after
    /// releasing the lock.
    private func wakeWorker(_ state: inout State) -> () -> Void {
        guard let worker = state.waitingWorker, let answer = permission(state) else { return {} }
        state.waitingWorker = nil
        return { worker.resume(returning: answer) }
    }

    private func begin(_ count: Int) -> (number: Int, start: Int) {
        state.withLock { state in
            let place = (number: state.begun, start: state.nextStart)
            state.begun += 1
            state.running += 1
            state.nextStart += count
            return place
        }
    }

    private func finish(_ number: Int, start: Int, _ results: [Result<Value, any Error>], of count: Int) {
        change { state in
            state.running -= 1
            state.finished[number] = (start, results[...])
            if results.count < count { state.hasLeftOut = true }
        }
    }

    private func end(_ ending: Result<Void, any Error>) {
        change { $0.ending = ending }
    }

    private func stop() {
        change { $0.isStopped = true }
    }

    /// Drops the results that haven't been taken.
    private func forget() {
        change { state in
            state.finished = [:]
            state.ending = .success(())
            state.hasLeftOut = false
        }
    }

    /// Changes the state, and wakes the tasks that wait for the change.
    private func change(_ body: (inout State) -> Void) {
        let (wakeWorker, loop) = state.withLock { state in
            body(&state)
            let loop = state.waitingLoop
            state.waitingLoop = nil
            return (self.wakeWorker(&state), loop)
        }
        wakeWorker()
        loop?.resume()
    }

    // MARK: The loop's side

    private enum Taken {
        case element(Element)
        case end(Result<Void, any Error>)
    }

    private func next() async throws -> Element? {
        while true {
            switch take() {
            case .element(let element): return element
            case .end(let ending):
                try ending.get()
                return nil
            case nil: await wait()
            }
        }
    }

    /// Returns the next result or the end; `nil` if it isn't available yet.
    private func take() -> Taken? {
        let (taken, wakeWorker): (Taken?, () -> Void) = state.withLock { state in
            let taken = Self.take(&state)
            return (taken, self.wakeWorker(&state))
        }
        wakeWorker()
        return taken
    }

    private static func take(_ state: inout State) -> Taken? {
        while var group = state.finished.removeValue(forKey: state.taken) {
            guard let result = group.results.first else {
                state.taken += 1
                continue
            }
            let index = group.start + group.results.startIndex
            group.results = group.results.dropFirst()
            if group.results.isEmpty { state.taken += 1 } else { state.finished[state.taken] = group }
            return .element((index, result))
        }
        guard let ending = state.ending else { return nil }
        if case .success = ending, state.hasLeftOut { return .end(.failure(CancellationError())) }
        return .end(ending)
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                guard state.finished[state.taken] == nil, state.ending == nil else { return true }
                state.waitingLoop = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    /// Takes the results. The work stops when it is released.
    final class Consumer: Sendable {
        private let queue: ResultQueue
        private let work: Task<Void, Never>

        fileprivate init(queue: ResultQueue, work: Task<Void, Never>) {
            self.queue = queue
            self.work = work
        }

        deinit { stop() }

        func next() async throws -> Element? {
            try await withTaskCancellationHandler {
                try await queue.next()
            } onCancel: {
                stop()
            }
        }

        /// Returns when no work is in progress anymore.
        func finish() async {
            stop()
            await work.value
            queue.forget()
        }

        private func stop() {
            queue.stop()
            work.cancel()
        }
    }
}
