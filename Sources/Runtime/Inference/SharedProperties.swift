import Foundation

/// Global properties, and work that runs in parallel while they are set.
///
/// Work that needs the current properties begins at once. Work that needs others waits until the running work has
/// ended, and then sets its own.
final class SharedProperties: Sendable {
    /// Guards the variables below.
    private let state = NSCondition()
    nonisolated(unsafe) private var current: [String: String]?
    nonisolated(unsafe) private var running = 0

    /// Runs `work` while `properties` are set.
    ///
    /// - Parameters:
    ///   - set: Sets the properties. It is called only if other properties are set, and never while other work runs.
    ///   - work: The work, which may run in parallel with other work that needs the same properties.
    func whileSet<Result>(
        _ properties: [String: String], set: () throws(EngineError) -> Void, run work: () throws(EngineError) -> Result
    ) throws(EngineError) -> Result {
        try begin(properties, set: set)
        defer { end() }
        return try work()
    }

    private func begin(_ properties: [String: String], set: () throws(EngineError) -> Void) throws(EngineError) {
        state.lock()
        defer { state.unlock() }
        while current != properties, running > 0 { state.wait() }
        if current != properties {
            current = nil
            try set()
            current = properties
        }
        running += 1
    }

    private func end() {
        state.lock()
        running -= 1
        state.broadcast()
        state.unlock()
    }
}
