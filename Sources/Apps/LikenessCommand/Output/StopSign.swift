import Synchronization

/// A flag by which one thread tells another to stop.
package final class StopSign: Sendable {
    private let state = Atomic(false)

    package init() {}

    package var isUp: Bool { state.load(ordering: .relaxed) }
    package func raise() { state.store(true, ordering: .relaxed) }
}
