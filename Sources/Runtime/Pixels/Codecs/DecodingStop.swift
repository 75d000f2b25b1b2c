import Synchronization

/// Ends decoding that another process does (HEIC, AVIF) before it is done: that may take as long as
/// ``DecodingLimits/seconds`` allows.
///
/// ```swift
/// let stop = DecodingStop()
/// try await DecodingStop.$current.withValue(stop) { … }   // reads pictures
/// stop.stop()                                             // elsewhere: the other processes end, at once
/// ```
public final class DecodingStop: Sendable {
    /// What is asked by the decoding of this task and of those that it starts; `nil` lets all end by itself.
    @TaskLocal public static var current: DecodingStop?

    private let isUp = Atomic(false)

    /// Creates a stop that nobody has asked for yet.
    public init() {}

    /// Ends what is under way and what is begun from here on: it throws `CancellationError`.
    public func stop() { isUp.store(true, ordering: .relaxed) }

    /// Whether ``stop()`` was called.
    public var isStopped: Bool { isUp.load(ordering: .relaxed) }
}
