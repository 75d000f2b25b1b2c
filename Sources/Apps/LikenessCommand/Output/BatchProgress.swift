import Foundation
import Synchronization

/// How far a batch has come, on the standard error: a bar on a terminal, a line every ten seconds elsewhere.
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

    /// A progress of `total` steps, called `unit` (such as `pictures`); silent where `quiet` or for a single step.
    package init(total: Int, unit: String, quiet: Bool) {
        self.total = total
        self.unit = unit
        isShown = !quiet && total > 1
        state = Mutex(State(lastShown: start))
    }

    /// One more step is done.
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

    /// Takes the bar away, so that what follows stands on a clean line.
    package func finish() {
        if isShown { ProgressLine.clear() }
    }

    private func show(_ state: State, at now: ContinuousClock.Instant) {
        let elapsed = seconds(now - start)
        let rate = Double(state.done) / max(elapsed, 1e-9)
        let left = Double(total - state.done) / max(rate, 1e-9)
        let failures = state.failed > 0 ? ", \(state.failed) failed" : ""
        let text =
            "\(state.done)/\(total) \(unit)\(failures), \(String(format: "%.1f", rate))/s, \(ProgressLine.clock(left)) left"
        ProgressLine.show(text, done: state.done, total: total)
    }
}

/// A duration in seconds.
package func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}
