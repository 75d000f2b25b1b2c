import Foundation

/// Threads for work that blocks.
///
/// Swift runs tasks on as many threads as there are cores. A task that blocks one of them, because it waits for a library, a
/// file or another process, takes it from all other tasks; if each of these threads waits, no task runs any more. Such work
/// runs here instead, and its task waits without a thread.
///
/// ```swift
/// let pool = ThreadPool(name: "decoder", mostThreads: 4)
/// let picture = try await pool.run { try decode(bytes) }
/// ```
///
/// A thread is made when a call finds all others busy, up to ``mostThreads``; further calls wait in the order in which they
/// came. Threads are kept for later calls, asleep, and end with the pool.
public final class ThreadPool: Sendable {
    /// How many calls run at the same time, at most.
    public let mostThreads: Int

    /// The processors that this process may use.
    public static let cores = ProcessInfo.processInfo.activeProcessorCount

    /// For what waits and hardly computes: pipes, and files that another process has locked.
    public static let waiting = ThreadPool(name: "likeness-wait", mostThreads: 16)

    private let name: String
    private let queue = WorkQueue()

    /// A pool that has no threads yet.
    ///
    /// - Parameters:
    ///   - name: What debuggers call its threads; Linux keeps the first 15 bytes.
    ///   - mostThreads: How many calls run at the same time, at least 1.
    public init(name: String, mostThreads: Int) {
        precondition(mostThreads > 0, "a pool needs a thread")
        self.name = name
        self.mostThreads = mostThreads
    }

    deinit { queue.close() }

    /// Runs `work` on one of the pool's threads; task-local values are the caller's.
    ///
    /// If the task is cancelled before `work` begins, it does not begin. Once begun, it runs to its end.
    ///
    /// - Throws: `CancellationError`, ``Unavailable`` if the system gives no thread, and what `work` throws.
    public func run<Result>(_ work: () throws -> Result) async throws -> Result {
        try Task.checkCancellation()
        try queue.admit(mostThreads: mostThreads, name: name)
        defer { queue.leave() }
        return try await withTaskExecutorPreference(queue) {
            // The task may have been cancelled while it waited for a thread.
            try Task.checkCancellation()
            return try work()
        }
    }

    /// The system gives no thread.
    public struct Unavailable: LikenessError, Hashable {
        /// The system's number of the error.
        public let number: Int32

        /// `no_more_processes`, as for processes: the system counts both together.
        public var code: String { "no_more_processes" }
        /// ``ErrorCategory/system``.
        public var category: ErrorCategory { .system }
        /// Why.
        public var problem: String { "a thread can't be made (\(Reason.text(of: number)))" }
        /// What to do.
        public var remedy: String? { "end other processes, or raise the limit (ulimit -u)" }
    }
}
