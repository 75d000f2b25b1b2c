public import Foundation

/// The settings for compiling and running a network.
///
/// ```swift
/// let configuration = NetworkConfiguration(precision: .exactly(.f32), threads: 2, cacheDirectory: cache)
/// let network = try await EngineExecutor.run {
///     try Network(engine: engine, contentsOf: file, configuration: configuration)
/// }
/// print(network.precision, network.threads)
/// ```
public struct NetworkConfiguration: Codable, Sendable, Hashable {
    /// The precision.
    public var precision: PrecisionChoice
    /// The number of threads of all streams together; `nil` for one per physical core.
    public var threads: Int?
    /// The number of inputs that are computed in parallel, each on its share of the threads. 1 gives the shortest time
    /// for one input; larger numbers give more inputs per second.
    public var streams: Int
    /// The folder in which compiled networks are kept for the next start; `nil` for no cache. Processes may share it.
    public var cacheDirectory: URL?
    /// The expected SHA-256 of each network's file in hexadecimal digits, by file name.
    ///
    /// A file is checked when it is compiled. A compiled network is taken from the cache only if it was made from a
    /// file with this digest. Files without an entry are not checked.
    public var digests: [String: String]

    /// Creates a configuration; the defaults suit one picture at a time.
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
