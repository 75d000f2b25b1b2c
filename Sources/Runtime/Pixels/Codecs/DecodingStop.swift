import Synchronization

/// Stops decoding in other processes (HEIC, AVIF) early.
///
/// Without it, such decoding may take as long as ``DecodingLimits/seconds`` allows.
///
/// ```swift
/// let stop = DecodingStop()
/// let reading = Task {
///     try await DecodingStop.$current.withValue(stop) {
///         try await DecoderThreads.run(for: bytes) { try Image(decoding: bytes) }
///     }
/// }
/// stop.stop()   // the other process ends at once, and the task throws `CancellationError`
/// ```
public final class DecodingStop: Sendable {
    /// The stop that decoding in this task and its child tasks checks; if `nil`, decoding always runs to its end.
    @TaskLocal public static var current: DecodingStop?

    private let isUp = Atomic(false)

    /// Creates a stop that is not set.
    public init() {}

    /// Ends the decoding in progress and any that begins later: it throws `CancellationError`.
    public func stop() { isUp.store(true, ordering: .relaxed) }

    /// Whether ``stop()`` was called.
    public var isStopped: Bool { isUp.load(ordering: .relaxed) }
}
