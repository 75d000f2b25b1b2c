import Foundation

/// Properties that are set in one place for everybody, and what is done side by side while they hold.
///
/// Work that needs the properties that are set begins at once; work that needs others waits until the work before it has
/// ended, and sets them.
final class SharedProperties: Sendable {
    /// Guards what follows.
    private let state = NSCondition()
    nonisolated(unsafe) private var current: [String: String]?
    nonisolated(unsafe) private var running = 0

    /// Runs `work` while `properties` are set.
    ///
    /// - Parameters:
    ///   - set: Sets them; called only if others are set, and never while other work runs.
    ///   - work: Runs beside other work that needs the same properties.
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
