import LikenessSupport

/// Threads for decoding that waits for another process.
///
/// JPEG, PNG and WebP are decoded on the calling thread, which computes all the time. HEIC and AVIF are decoded by
/// `likeness-heif` while the calling thread waits, perhaps as long as ``DecodingLimits/seconds`` allows. Async code
/// must not block its threads, so it waits for these formats here.
///
/// ```swift
/// let image = try await DecoderThreads.run(for: bytes) { try Image(decoding: bytes) }
/// ```
public enum DecoderThreads {
    /// The threads; at most one process per core is waited for at the same time.
    private static let threads = ThreadPool(name: "likeness-decode", mostThreads: ThreadPool.cores)

    /// Runs `decode`, which reads the picture in `bytes`, on a separate thread if it waits for another process.
    ///
    /// If the task is canceled before a thread is available, `decode` is not called.
    ///
    /// - Throws: Errors of `decode`; `CancellationError`; an error with the code `no_more_processes` if the system
    ///   can't create a thread.
    public static func run<Result>(for bytes: [UInt8], _ decode: () throws -> Result) async throws -> Result {
        let signature = bytes.withUnsafeBytes { FormatSignature(ByteReader(bytes: $0)) }
        return try await run(for: signature.format, decode)
    }

    /// Runs `decode`, which reads a picture of `format`, on a separate thread if it waits for another process.
    public static func run<Result>(for format: ImageFormat?, _ decode: () throws -> Result) async throws -> Result {
        guard format == .heic || format == .avif else { return try decode() }
        return try await threads.run(decode)
    }
}
