import LikenessSupport

/// Threads for decoding that waits for another process.
///
/// JPEG, PNG and WebP are decoded on the thread that asks, which computes all the time. HEIC and AVIF are decoded by
/// `likeness-heif` while the thread waits, perhaps as long as ``DecodingLimits/seconds`` allows: async code, whose threads must not
/// be blocked, waits for them here.
///
/// ```swift
/// let image = try await DecoderThreads.run(for: bytes) { try Image(decoding: bytes) }
/// ```
public enum DecoderThreads {
    /// How many other processes are waited for at the same time, at most: one per core.
    private static let threads = ThreadPool(name: "likeness-decode", mostThreads: ThreadPool.cores)

    /// Runs `decode`, which reads the picture in `bytes`: on a thread of its own if that means waiting.
    ///
    /// If the task is cancelled before a thread is there, `decode` is not called.
    ///
    /// - Throws: What `decode` throws; `CancellationError`; an error of code `no_more_processes` if the system gives
    ///   no thread.
    public static func run<Result>(for bytes: [UInt8], _ decode: () throws -> Result) async throws -> Result {
        let signature = bytes.withUnsafeBytes { FormatSignature(ByteReader(bytes: $0)) }
        return try await run(for: signature.format, decode)
    }

    /// Runs `decode`, which reads a picture of `format`.
    public static func run<Result>(for format: ImageFormat?, _ decode: () throws -> Result) async throws -> Result {
        guard format == .heic || format == .avif else { return try decode() }
        return try await threads.run(decode)
    }
}
