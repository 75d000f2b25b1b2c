public import Tensors

/// The learning rate schedule in a configuration file: `{"kind": "cosine", "rate": 0.001, "warmUp": 100}`.
public struct ScheduleSettings: ConfigurationSection, Hashable {
    /// The schedule.
    public var schedule: LearningRateSchedule

    /// Creates settings with a constant rate of 0.001.
    public init() { self.init(LearningRateSchedule(rate: 1e-3)) }

    /// Creates settings for a schedule.
    public init(_ schedule: LearningRateSchedule) { self.schedule = schedule }

    private enum Kind: String, Codable, CaseIterable { case constant, steps, cosine }

    private enum Field: String, CodingKey { case kind, rate, warmUp, at, factor, floor }

    /// Decodes the settings from a configuration file.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        let decay: LearningRateSchedule.Decay
        switch try fields.decode(Kind.self, forKey: .kind) {
        case .constant: decay = .constant
        case .steps:
            decay = .steps(
                at: try fields.decode([Double].self, forKey: .at),
                factor: try fields.decodeIfPresent(Double.self, forKey: .factor) ?? 0.1)
        case .cosine: decay = .cosine(floor: try fields.decodeIfPresent(Double.self, forKey: .floor) ?? 0)
        }
        schedule = LearningRateSchedule(
            rate: try fields.decode(Double.self, forKey: .rate),
            warmUp: try fields.decodeIfPresent(Int.self, forKey: .warmUp) ?? 0, decay: decay)
    }

    /// Encodes the settings for a configuration file.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(schedule.rate, forKey: .rate)
        try fields.encode(schedule.warmUp, forKey: .warmUp)
        switch schedule.decay {
        case .constant: try fields.encode(Kind.constant, forKey: .kind)
        case .steps(let shares, let factor):
            try fields.encode(Kind.steps, forKey: .kind)
            try fields.encode(shares, forKey: .at)
            try fields.encode(factor, forKey: .factor)
        case .cosine(let floor):
            try fields.encode(Kind.cosine, forKey: .kind)
            try fields.encode(floor, forKey: .floor)
        }
    }

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["rate"].expect(
            schedule.rate > 0 && schedule.rate <= 10, schedule.rate, "above 0 and at most 10")
        try fields["warmUp"].expect(schedule.warmUp, in: 0...CheckpointSettings.most)
        switch schedule.decay {
        case .constant: break
        case .steps(let shares, let factor):
            try fields["at"].expect(
                !shares.isEmpty && shares == shares.sorted() && shares.allSatisfy((0...1).contains), shares,
                "shares of the run from 0 to 1, in ascending order")
            try fields["factor"].expect(factor > 0 && factor <= 1, factor, "above 0 and at most 1")
        case .cosine(let floor): try fields["floor"].expect(floor, in: 0...1)
        }
    }
}
