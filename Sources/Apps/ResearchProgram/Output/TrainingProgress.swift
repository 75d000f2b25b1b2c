import Foundation
import LikenessCommand
import LikenessSupport
import Synchronization
import Training

/// The progress of a training run on the standard error: a bar on a terminal, otherwise a line every ten seconds, and a
/// line for each validation.
final class TrainingProgress: Sendable {
    private struct State {
        var lastShown: ContinuousClock.Instant
        /// The first step and its time, for the estimate of the remaining time.
        var start: (step: Int, time: ContinuousClock.Instant)
        /// The loss and its terms, as moving averages over about the last twenty steps.
        var means: [String: Double] = [:]
    }

    private let quiet: Bool
    private let manySeeds: Bool
    private let state = Mutex(State(lastShown: .now, start: (0, .now)))

    init(quiet: Bool, manySeeds: Bool) { (self.quiet, self.manySeeds) = (quiet, manySeeds) }

    func show(_ event: TrainingEvent, seed: UInt64) {
        guard !quiet else { return }
        let prefix = manySeeds ? "seed \(seed): " : ""
        switch event {
        case .started(let step, let total):
            state.withLock { $0.start = (step, .now) }
            if step > 0 { note("\(prefix)resuming after step \(step) of \(total)") }
        case .note(let text): note(prefix + text)
        case .validated(let record, let isBest):
            let measures = record.measures.sorted { $0.key < $1.key }.map { "\($0) \(significant($1, 4))" }
            note(
                "\(prefix)step \(record.step), epoch \(record.epoch): \(measures.joined(separator: ", "))"
                    + (isBest ? " (best)" : ""))
        case .step(let record, let total): state.withLock { step(record, total, prefix, &$0) }
        }
    }

    func finish() { if !quiet { ProgressLine.clear() } }

    private func note(_ text: String) {
        ProgressLine.clear()
        Terminal.note(text)
    }

    private func step(_ record: StepRecord, _ total: Int, _ prefix: String, _ state: inout State) {
        let values = record.terms.merging(["loss": record.loss]) { $1 }
        for (name, value) in values {
            state.means[name] = state.means[name].map { $0 + (value - $0) / 20 } ?? value
        }
        let now = ContinuousClock.now
        guard now - state.lastShown >= ProgressLine.pause || record.step == total else { return }
        state.lastShown = now
        let pace = (now - state.start.time) / Double(max(record.step - state.start.step, 1))
        let left = clock((pace * (total - record.step)).seconds)
        // The loss comes first.
        let figures = state.means.sorted { ($0.key == "loss" ? "" : $0.key) < ($1.key == "loss" ? "" : $1.key) }
            .map { "\($0) \(significant($1, 4))" }
        ProgressLine.show(
            "\(prefix)step \(record.step)/\(total), \(figures.joined(separator: ", ")), "
                + "\(decimal(record.examplesPerSecond, 0)) examples/s, \(left) left",
            done: record.step, total: total)
    }
}
