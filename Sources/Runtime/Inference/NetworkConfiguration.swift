public import Foundation

/// How a network is brought to run.
///
/// ```swift
/// let configuration = NetworkConfiguration(precision: .exactly(.f32), threads: 2, cacheDirectory: cache)
/// let network = try await EngineExecutor.run {
///     try Network(engine: engine, contentsOf: file, configuration: configuration)
/// }
/// print(network.precision, network.threads)
/// ```
public struct NetworkConfiguration: Codable, Sendable, Hashable {
    /// The numbers to compute with.
    public var precision: PrecisionChoice
    /// Threads for all streams together; `nil` is one per physical core.
    public var threads: Int?
    /// How many inputs are computed at once, each on its share of the threads: 1 gives the shortest time for one input,
    /// more give more inputs per second.
    public var streams: Int
    /// Where compiled networks are kept for the next start; `nil` compiles anew. Processes may share it.
    public var cacheDirectory: URL?
    /// By a file's name, the SHA-256 that its network must have, in hexadecimal digits: a file is checked when it is
    /// compiled, and a compiled network is taken from the cache only where it was made from that very file. A file that is
    /// not named is not checked.
    public var digests: [String: String]

    /// A configuration; what is left out suits one picture at a time.
    public init(
        precision: PrecisionChoice = .automatic, threads: Int? = nil, streams: Int = 1, cacheDirectory: URL? = nil,
        digests: [String: String] = [:]
    ) {
        precondition(threads.map { $0 > 0 } ?? true, "a network needs a thread")
        precondition(streams > 0, "a network needs a stream")
        self.precision = precision
        self.threads = threads
        self.streams = streams
        self.cacheDirectory = cacheDirectory
        self.digests = digests
    }
}
