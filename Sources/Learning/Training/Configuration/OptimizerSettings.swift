public import Tensors

/// The optimizer in a configuration file: `{"kind": "adamW", "weightDecay": 0.01}`.
public struct OptimizerSettings: ConfigurationSection, Hashable {
    /// The optimizer and its settings.
    public var configuration: OptimizerConfiguration

    /// Creates settings for AdamW with its usual values.
    public init() { self.init(.adamW()) }

    /// Creates settings for an optimizer.
    public init(_ configuration: OptimizerConfiguration) { self.configuration = configuration }

    private enum Kind: String, Codable, CaseIterable { case adam, adamW, sgd }

    private enum Field: String, CodingKey { case kind, beta1, beta2, epsilon, weightDecay, momentum, nesterov }

    /// Decodes the settings from a configuration file.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        func number(_ field: Field, _ usual: Double) throws -> Double {
            try fields.decodeIfPresent(Double.self, forKey: field) ?? usual
        }
        switch try fields.decode(Kind.self, forKey: .kind) {
        case .adam:
            configuration = .adam(
                beta1: try number(.beta1, 0.9), beta2: try number(.beta2, 0.999), epsilon: try number(.epsilon, 1e-8),
                weightDecay: try number(.weightDecay, 0))
        case .adamW:
            configuration = .adamW(
                beta1: try number(.beta1, 0.9), beta2: try number(.beta2, 0.999), epsilon: try number(.epsilon, 1e-8),
                weightDecay: try number(.weightDecay, 0.01))
        case .sgd:
            configuration = .sgd(
                momentum: try number(.momentum, 0.9), weightDecay: try number(.weightDecay, 0),
                nesterov: try fields.decodeIfPresent(Bool.self, forKey: .nesterov) ?? false)
        }
    }

    /// Encodes the settings for a configuration file.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        switch configuration {
        case .adam(let beta1, let beta2, let epsilon, let decay), .adamW(let beta1, let beta2, let epsilon, let decay):
            if case .adam = configuration { try fields.encode(Kind.adam, forKey: .kind) }
            if case .adamW = configuration { try fields.encode(Kind.adamW, forKey: .kind) }
            try fields.encode(beta1, forKey: .beta1)
            try fields.encode(beta2, forKey: .beta2)
            try fields.encode(epsilon, forKey: .epsilon)
            try fields.encode(decay, forKey: .weightDecay)
        case .sgd(let momentum, let decay, let nesterov):
            try fields.encode(Kind.sgd, forKey: .kind)
            try fields.encode(momentum, forKey: .momentum)
            try fields.encode(decay, forKey: .weightDecay)
            try fields.encode(nesterov, forKey: .nesterov)
        }
    }

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        func share(_ name: String, _ value: Double) throws {
            try fields[name].expect((0..<1).contains(value), value, "from 0 to below 1")
        }
        switch configuration {
        case .adam(let beta1, let beta2, let epsilon, let decay), .adamW(let beta1, let beta2, let epsilon, let decay):
            try share("beta1", beta1)
            try share("beta2", beta2)
            try fields["epsilon"].expect(epsilon > 0 && epsilon <= 1, epsilon, "above 0 and at most 1")
            try fields["weightDecay"].expect(decay, in: 0...1)
        case .sgd(let momentum, let decay, _):
            try share("momentum", momentum)
            try fields["weightDecay"].expect(decay, in: 0...1)
        }
    }
}
