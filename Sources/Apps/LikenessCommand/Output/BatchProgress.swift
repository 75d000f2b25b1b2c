import Foundation
import LikenessSupport
import Synchronization

/// The progress of a batch on the standard error: a bar on a terminal, otherwise a line every ten seconds.
package final class BatchProgress: Sendable {
    private struct State {
        var done = 0
        var failed = 0
        var lastShown: ContinuousClock.Instant
    }

    private let total: Int
    private let unit: String
    private let isShown: Bool
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    /// Creates the progress of `total` steps, counted in `unit` (such as `pictures`). Nothing is shown if `quiet` is
    /// true or if there is only one step.
    package init(total: Int, unit: String, quiet: Bool) {
        self.total = total
        self.unit = unit
        isShown = !quiet && total > 1
        state = Mutex(State(lastShown: start))
    }

    /// Counts one more step.
    package func advance(failed: Bool = false) {
        guard isShown else { return }
        state.withLock { state in
            state.done += 1
            if failed { state.failed += 1 }
            let now = ContinuousClock.now
            guard now - state.lastShown >= ProgressLine.pause else { return }
            state.lastShown = now
            show(state, at: now)
        }
    }

    /// Removes the bar, so that later output starts on an empty line.
    package func finish() {
        if isShown { ProgressLine.clear() }
    }

    private func show(_ state: State, at now: ContinuousClock.Instant) {
        let elapsed = (now - start).seconds
        let rate = Double(state.done) / max(elapsed, 1e-9)
        let left = Double(total - state.done) / max(rate, 1e-9)
        let failures = state.failed > 0 ? ", \(state.failed) failed" : ""
        let text =
            "\(state.done)/\(total) \(unit)\(failures), \(decimal(rate, 1))/s, \(clock(left)) left"
        ProgressLine.show(text, done: state.done, total: total)
    }
}
