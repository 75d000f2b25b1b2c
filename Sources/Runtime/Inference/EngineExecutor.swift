import LikenessSupport

/// The threads on which async code calls the engine.
///
/// Reading, compiling and running a network block the calling thread. Swift's own threads must not be blocked: there are only as
/// many as cores, and all tasks share them. So what blocks can't be called from async code directly, but here:
///
/// ```swift
/// let network = try await EngineExecutor.run { try Network(engine: engine, contentsOf: file) }
/// let outputs = try await EngineExecutor.run { try network.run(input) }
/// ```
///
/// A call takes some ten microseconds more than without. Code that is not async calls the engine as it is.
public enum EngineExecutor {
    /// How many calls run at the same time, at most: one per core, because the engine keeps all cores busy, but two at least, so
    /// that compiling a network does not keep another from running.
    public static let mostCalls = max(2, ThreadPool.cores)

    private static let threads = ThreadPool(name: "likeness-engine", mostThreads: mostCalls)

    /// Runs `work`, which calls the engine, on a thread of its own.
    ///
    /// If the task is cancelled before `work` begins, it does not begin. Once begun, it runs to its end. Further calls wait in
    /// the order in which they came. Several calls that follow each other are best made in one `work`.
    ///
    /// - Throws: `CancellationError`, an error of code `no_more_processes` if the system gives no thread, and what `work` throws.
    public static func run<Result>(_ work: () throws -> Result) async throws -> Result {
        try await threads.run(work)
    }
}
