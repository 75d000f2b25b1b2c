/// The state that a run needs to resume, besides its weights and its optimizer.
struct TrainingState: Codable, Hashable {
    /// The best validation so far.
    struct Best: Codable, Hashable {
        /// The number of steps before it; the checkpoint of that step holds the weights.
        var step: Int
        /// The value of the monitored measure.
        var value: Double
        /// All measures of that validation.
        var measures: [String: Double]
    }

    /// The number of completed steps.
    var step = 0
    /// The duration of all steps, in seconds.
    var seconds = 0.0
    /// The best validation by the monitored measure; `nil` if there is none yet.
    var best: Best?
    /// The number of validations without improvement since the best one.
    var measurementsSinceBest = 0
    /// The measures of the last validation.
    var lastMeasures: [String: Double] = [:]
    /// Whether training stopped because patience ran out.
    var hasStoppedEarly = false
}
