import Foundation
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
            let pause: Duration = Terminal.errorIsTerminal ? .milliseconds(100) : .seconds(10)
            guard now - state.lastShown >= pause else { return }
            state.lastShown = now
            show(state, at: now)
        }
    }

    /// Takes the bar away, so that what follows stands on a clean line.
    func finish() {
        guard isShown, Terminal.errorIsTerminal else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }

    private func show(_ state: State, at now: ContinuousClock.Instant) {
        let elapsed = seconds(now - start)
        let rate = Double(state.done) / max(elapsed, 1e-9)
        let left = Double(total - state.done) / max(rate, 1e-9)
        let failures = state.failed > 0 ? ", \(state.failed) failed" : ""
        let text =
            "\(state.done)/\(total) \(unit)\(failures), \(String(format: "%.1f", rate))/s, \(clock(left)) left"
        if Terminal.errorIsTerminal {
            let filled = 24 * state.done / max(total, 1)
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
            FileHandle.standardError.write(Data("\r\u{1B}[K\(bar) \(text)".utf8))
        } else {
            Terminal.note(text)
        }
    }

    private func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 359_999).rounded(.up))
        return whole >= 3600
            ? String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
            : String(format: "%d:%02d", whole / 60, whole % 60)
    }
}

/// A duration in seconds.
func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}
