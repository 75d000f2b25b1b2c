import Foundation

/// Threads for work that blocks.
///
/// Swift runs tasks on as many threads as there are cores. A task that blocks its thread, because it waits for a
/// library, a file or another process, takes that thread away from all other tasks. If all threads are blocked, no task
/// runs. Such work runs in a pool instead, and the task waits without occupying a thread.
///
/// ```swift
/// let pool = ThreadPool(name: "decoder", mostThreads: 4)
/// let picture = try await pool.run { try decode(bytes) }
/// ```
///
/// A thread is created when a call finds all others busy, up to ``mostThreads``. Further calls wait in the order in
/// which they came. Idle threads sleep until later calls need them, and end with the pool.
public final class ThreadPool: Sendable {
    /// The largest number of calls that run at the same time.
    public let mostThreads: Int

    /// The number of processors that this process may use.
    public static let cores = ProcessInfo.processInfo.activeProcessorCount

    /// A pool for work that waits and hardly computes: pipes, and files that another process has locked.
    public static let waiting = ThreadPool(name: "likeness-wait", mostThreads: 16)

    private let name: String
    private let queue = WorkQueue()

    /// Creates a pool that has no threads yet.
    ///
    /// - Parameters:
    ///   - name: The name of its threads in debuggers; Linux keeps the first 15 bytes.
    ///   - mostThreads: The largest number of calls that run at the same time, at least 1.
    public init(name: String, mostThreads: Int) {
        precondition(mostThreads > 0, "a pool needs a thread")
        self.name = name
        self.mostThreads = mostThreads
    }

    deinit { queue.close() }

    /// Runs `work` on one of the pool's threads, with the caller's task-local values.
    ///
    /// If the task is canceled before `work` begins, `work` is not called. Once begun, it runs to its end.
    ///
    /// - Throws: `CancellationError`; ``Unavailable`` if the system can't create a thread; errors of `work`.
    public func run<Result>(_ work: () throws -> Result) async throws -> Result {
        try Task.checkCancellation()
        try queue.admit(mostThreads: mostThreads, name: name)
        defer { queue.leave() }
        return try await withTaskExecutorPreference(queue) {
            // The task may have been canceled while it waited for a thread.
            try Task.checkCancellation()
            return try work()
        }
    }

    /// The error that is thrown if the system can't create a thread.
    public struct Unavailable: LikenessError, Hashable {
        /// The system's error number.
        public let number: Int32

        /// `no_more_processes`, as for processes: the system counts threads and processes together.
        public var code: String { "no_more_processes" }
        /// ``ErrorCategory/system``.
        public var category: ErrorCategory { .system }
        /// The problem in one clause.
        public var problem: String { "a thread can't be made (\(Reason.text(of: number)))" }
        /// The advice in one clause.
        public var remedy: String? { "end other processes, or raise the limit (ulimit -u)" }
    }
}
