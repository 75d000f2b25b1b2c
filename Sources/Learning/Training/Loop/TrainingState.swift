/// What a run must know to go on, besides weights and optimiser.
struct TrainingState: Codable, Hashable {
    /// The best measurement so far.
    struct Best: Codable, Hashable {
        /// After how many steps; the checkpoint of that step holds the weights.
        var step: Int
        /// The watched measure; `nil` where none is watched.
        var value: Double
        /// All that was measured then.
        var measures: [String: Double]
    }

    /// How many steps have been made.
    var step = 0
    /// How long they took, in seconds.
    var seconds = 0.0
    /// The best measurement of the watched measure.
    var best: Best?
    /// How many measurements since then were no better.
    var measurementsSinceBest = 0
    /// What was measured last.
    var lastMeasures: [String: Double] = [:]
    /// Whether patience has run out.
    var hasStoppedEarly = false
}
