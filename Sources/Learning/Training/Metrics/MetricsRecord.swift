/// A step, as a line of `metrics.jsonl` says it.
public struct StepRecord: Codable, Sendable, Hashable {
    /// How many steps have been made, this one included.
    public var step: Int
    /// The epoch, from 0.
    public var epoch: Int
    /// What was made smaller.
    public var loss: Double
    /// What the task reports beside it.
    public var terms: [String: Double]
    /// The learning rate.
    public var rate: Double
    /// The length of all gradients together, before it was clipped.
    public var gradientNorm: Double
    /// Speed, waiting for the batch included.
    public var examplesPerSecond: Double
    /// How long the step waited for its batch, in seconds.
    public var waited: Double
    /// How long all steps have taken, in seconds; measurements and checkpoints not included.
    public var seconds: Double
}

/// A measurement on held-out data, as a line of `metrics.jsonl` says it.
public struct ValidationRecord: Codable, Sendable, Hashable {
    /// How many steps had been made.
    public var step: Int
    /// How many epochs had been begun and ended.
    public var epoch: Int
    /// What was measured, by name.
    public var measures: [String: Double]
}
