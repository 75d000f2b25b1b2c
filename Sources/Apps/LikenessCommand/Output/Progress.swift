import Foundation
import LikenessSupport
import Synchronization

/// How far a batch has come, on the standard error: a bar on a terminal, a line every ten seconds elsewhere.
final class Progress: Sendable {
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
    init(total: Int, unit: String, quiet: Bool) {
        self.total = total
        self.unit = unit
        isShown = !quiet && total > 1
        state = Mutex(State(lastShown: start))
    }

    /// One more step is done.
    func advance(failed: Bool = false) {
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
    func finish() {
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
