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
}
