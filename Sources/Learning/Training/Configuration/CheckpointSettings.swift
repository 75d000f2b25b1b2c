/// Settings for how often a run is saved.
public struct CheckpointSettings: ConfigurationSection, Hashable {
    /// The number of steps between checkpoints; `nil` to ignore steps.
    public var everySteps: Int?
    /// The number of seconds between checkpoints; `nil` to ignore time.
    public var everySeconds: Double? = 300
    /// The number of recent checkpoints to keep in addition to the best one.
    public var keep = 2

    /// A number of steps that no run exceeds.
    static let most = 1_000_000_000_000

    /// Creates the defaults: a checkpoint every five minutes; the last two are kept.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        if let everySteps { try fields["everySteps"].expect(everySteps, in: 1...Self.most) }
        if let everySeconds {
            try fields["everySeconds"].expect(
                everySeconds > 0 && everySeconds <= 1e9, everySeconds, "above 0 and at most 1e9")
        }
        try fields["keep"].expect(keep, in: 2...1000)
    }
}

/// Settings for how often a run is validated on held-out data and how the results are used.
public struct ValidationSettings: ConfigurationSection, Hashable {
    /// The direction in which a measure improves.
    public enum Goal: String, Sendable, Hashable, Codable, CaseIterable {
        /// Larger values are better, as for an accuracy.
        case largest
        /// Smaller values are better, as for an error rate.
        case smallest
    }

    /// The number of epochs between validations; `nil` to ignore epochs.
    public var everyEpochs: Int? = 1
    /// The number of steps between validations; `nil` to ignore steps.
    public var everySteps: Int?
    /// The measure that selects the best weights; `nil` to take the last weights.
    public var measure: String?
    /// The direction in which the measure improves.
    public var goal = Goal.largest
    /// The number of validations without improvement after which training stops; `nil` to never stop early.
    public var patience: Int?
    /// The smallest improvement that counts as a new best.
    public var minimumGain = 0.0

    /// Creates the defaults: a validation after every epoch and no early stopping.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        if let everyEpochs { try fields["everyEpochs"].expect(everyEpochs, in: 1...1_000_000) }
        if let everySteps { try fields["everySteps"].expect(everySteps, in: 1...CheckpointSettings.most) }
        if let patience {
            try fields["patience"].expect(patience, in: 1...CheckpointSettings.most)
            try fields["patience"].expect(measure != nil, patience, "left out if validation.measure is left out")
        }
        try fields["minimumGain"].expect(minimumGain, atLeast: 0)
    }

    /// Returns whether a validation is due after this many steps.
    func isDue(after steps: Int, stepsPerEpoch: Int) -> Bool {
        if let everySteps, steps % everySteps == 0 { return true }
        if let everyEpochs, steps % (everyEpochs * stepsPerEpoch) == 0 { return true }
        return false
    }

    /// Returns whether `value` is a new best.
    func isGain(_ value: Double, over best: Double?) -> Bool {
        guard let best else { return true }
        return goal == .largest ? value > best + minimumGain : value < best - minimumGain
    }
}
