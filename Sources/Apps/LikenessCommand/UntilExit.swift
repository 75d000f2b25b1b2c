import Synchronization

/// What stays until the process ends.
///
/// Freeing the networks one by one takes a tenth of a short command's time, and the system takes their memory back at once.
package enum UntilExit {
    private static let kept = Mutex<[any Sendable]>([])

    /// `value`, which is not freed before the process ends.
    package static func keep<Value: Sendable>(_ value: Value) -> Value {
        kept.withLock { $0.append(value) }
        return value
    }
}
