/// How often a run is written down.
public struct CheckpointSettings: ConfigurationSection, Hashable {
    /// After so many steps; `nil`: not by steps.
    public var everySteps: Int?
    /// After so many seconds; `nil`: not by time.
    public var everySeconds: Double? = 300
    /// How many of the last are kept, beside the best.
    public var keep = 2

    /// More steps than any run has.
    static let most = 1_000_000_000_000

    /// Every five minutes, the last two.
    public init() {}

    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        if let everySteps { try fields["everySteps"].expect(everySteps, in: 1...Self.most) }
        if let everySeconds {
            try fields["everySeconds"].expect(
                everySeconds > 0 && everySeconds <= 1e9, everySeconds, "above 0 and at most 1e9")
        }
        try fields["keep"].expect(keep, in: 2...1000)
    }
}

/// How often a run is measured on held-out data, and what that decides.
public struct ValidationSettings: ConfigurationSection, Hashable {
    /// Which values of a measure are better.
    public enum Goal: String, Sendable, Hashable, Codable, CaseIterable {
        /// Large ones, as of an accuracy.
        case largest
        /// Small ones, as of an error rate.
        case smallest
    }

    /// After so many epochs; `nil`: not by epochs.
    public var everyEpochs: Int? = 1
    /// After so many steps; `nil`: not by steps.
    public var everySteps: Int?
    /// The measure that picks the best weights; `nil`: the last weights are taken.
    public var measure: String?
    /// Which values of it are better.
    public var goal = Goal.largest
    /// Stops after so many measurements without a new best; `nil`: never.
    public var patience: Int?
    /// By how much a new best must be better.
    public var minimumGain = 0.0

    /// After every epoch; nothing stops early.
    public init() {}

    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        if let everyEpochs { try fields["everyEpochs"].expect(everyEpochs, in: 1...1_000_000) }
        if let everySteps { try fields["everySteps"].expect(everySteps, in: 1...CheckpointSettings.most) }
        if let patience {
            try fields["patience"].expect(patience, in: 1...CheckpointSettings.most)
            try fields["patience"].expect(measure != nil, patience, "left out where validation.measure is")
        }
        try fields["minimumGain"].expect(minimumGain, atLeast: 0)
    }

    /// Whether the steps made so far end with a measurement.
    func isDue(after steps: Int, stepsPerEpoch: Int) -> Bool {
        if let everySteps, steps % everySteps == 0 { return true }
        if let everyEpochs, steps % (everyEpochs * stepsPerEpoch) == 0 { return true }
        return false
    }

    /// Whether `value` is a new best.
    func isGain(_ value: Double, over best: Double?) -> Bool {
        guard let best else { return true }
        return goal == .largest ? value > best + minimumGain : value < best - minimumGain
    }
}
