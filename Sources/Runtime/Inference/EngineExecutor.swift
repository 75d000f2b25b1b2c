import LikenessSupport

/// The threads on which async code calls the engine.
///
/// Reading, compiling and running a network block the calling thread. Swift's own threads must not be blocked, because
/// there are only as many as cores and all tasks share them. Async code therefore can't call blocking functions
/// directly. It calls them here:
///
/// ```swift
/// let network = try await EngineExecutor.run { try Network(engine: engine, contentsOf: file) }
/// let outputs = try await EngineExecutor.run { try network.run(input) }
/// ```
///
/// A call takes about ten microseconds longer than a direct one. Code that is not async calls the engine directly.
public enum EngineExecutor {
    /// The largest number of calls that run at the same time: one per core, because the engine keeps all cores busy,
    /// but at least two, so that a network can run while another one is compiled.
    public static let mostCalls = max(2, ThreadPool.cores)

    private static let threads = ThreadPool(name: "likeness-engine", mostThreads: mostCalls)

    /// Runs `work`, which calls the engine, on a separate thread.
    ///
    /// If the task is canceled before `work` begins, `work` is not called. Once begun, it runs to its end. Further
    /// calls wait in the order in which they came. Make several successive calls in one `work`.
    ///
    /// - Throws: `CancellationError`; an error with the code `no_more_processes` if the system can't create a thread;
    ///   errors of `work`.
    public static func run<Result>(_ work: () throws -> Result) async throws -> Result {
        try await threads.run(work)
    }
}
