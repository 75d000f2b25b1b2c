/// The state of a run, without its tensors.
struct Checkpoint: Codable {
    /// The run's counters and best result.
    var state: TrainingState
    /// The run's configuration.
    var configuration: RunConfiguration
    /// The run's seed.
    var seed: UInt64
    /// The number of steps that the optimizer has made.
    var optimizerSteps: Int

    /// Returns the name of the first counter whose value is impossible in a run of a valid configuration; `nil` if all
    /// are possible.
    func impossibleField(atStep step: Int) -> String? {
        // The largest number of epochs times the largest number of steps in a configuration.
        let steps = 0...1_000_000_000_000
        if state.step != step || !steps.contains(step) { return "state.step" }
        if let best = state.best, !(0...step).contains(best.step) { return "state.best.step" }
        if !steps.contains(state.measurementsSinceBest) { return "state.measurementsSinceBest" }
        if !steps.contains(optimizerSteps) { return "optimizerSteps" }
        return nil
    }
}
