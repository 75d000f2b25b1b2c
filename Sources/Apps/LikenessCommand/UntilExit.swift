import Synchronization

/// Values that are kept until the process ends.
///
/// Freeing the networks one by one takes a tenth of a short command's time. The system frees all memory at once.
package enum UntilExit {
    private static let kept = Mutex<[any Sendable]>([])

    /// Returns `value`, and keeps it until the process ends.
    package static func keep<Value: Sendable>(_ value: Value) -> Value {
        kept.withLock { $0.append(value) }
        return value
    }
}
