/// The metrics of a step: one line of `metrics.jsonl`.
public struct StepRecord: Codable, Sendable, Hashable {
    /// The number of completed steps, including this one.
    public var step: Int
    /// The epoch, from 0.
    public var epoch: Int
    /// The loss.
    public var loss: Double
    /// The further terms that the task reports.
    public var terms: [String: Double]
    /// The learning rate.
    public var rate: Double
    /// The joint length of all gradients before clipping.
    public var gradientNorm: Double
    /// The speed in examples per second, including the wait for the batch.
    public var examplesPerSecond: Double
    /// The time for which the step waited for its batch, in seconds.
    public var waited: Double
    /// The duration of all steps so far, in seconds, without validations and checkpoints.
    public var seconds: Double
}

/// The measures of a validation on held-out data: one line of `metrics.jsonl`.
public struct ValidationRecord: Codable, Sendable, Hashable {
    /// The number of completed steps.
    public var step: Int
    /// The number of completed epochs.
    public var epoch: Int
    /// The measures by name.
    public var measures: [String: Double]
}
