import Synchronization

/// Says from one thread to another that it is time to stop.
package final class StopSign: Sendable {
    private let state = Atomic(false)

    package init() {}

    package var isUp: Bool { state.load(ordering: .relaxed) }
    package func raise() { state.store(true, ordering: .relaxed) }
}
