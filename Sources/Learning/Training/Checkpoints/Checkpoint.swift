/// Everything of a run but its tensors.
struct Checkpoint: Codable {
    /// Where the run stands.
    var state: TrainingState
    /// What it was told to do.
    var configuration: RunConfiguration
    /// Its seed.
    var seed: UInt64
    /// How many steps the optimiser has made.
    var optimizerSteps: Int

    /// The first counter that no run of a valid configuration can have reached; `nil` where all are possible.
    func impossibleField(atStep step: Int) -> String? {
        // As many epochs of as many steps as a configuration may ask for.
        let steps = 0...1_000_000_000_000
        if state.step != step || !steps.contains(step) { return "state.step" }
        if let best = state.best, !(0...step).contains(best.step) { return "state.best.step" }
        if !steps.contains(state.measurementsSinceBest) { return "state.measurementsSinceBest" }
        if !steps.contains(optimizerSteps) { return "optimizerSteps" }
        return nil
    }
}
