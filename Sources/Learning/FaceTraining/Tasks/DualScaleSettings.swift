import Networks
import Training

/// The settings of `face-embedding` for the two scales with efficient attention (DS-AEAN paper).
public struct DualScaleSettings: Codable, Hashable, Sendable {
    /// The scales of the network.
    public enum Scales: String, Codable, Hashable, Sendable, CaseIterable {
        /// No scales.
        case none
        /// Both scales.
        case both
        /// The fine scale of 8 × 8 positions.
        case fine
        /// The coarse scale of 3 × 3 positions.
        case coarse
    }

    /// The normalization of the attention.
    public enum Attention: String, Codable, Hashable, Sendable, CaseIterable {
        /// No attention.
        case none
        /// Division by the square root of the number of positions.
        case scaling
        /// A sum of 1 (softmax).
        case softmax
    }

    /// The scales of the network.
    public var scales = Scales.none
    /// The normalization of the attention.
    public var attention = Attention.softmax
    /// Whether the scales are joined by weights that depend on the face.
    public var isSelective = true
    /// The number of channels of a scale.
    public var width = 128
    /// The number of attention heads.
    public var heads = 4
    /// The length of a scale's description of a face.
    public var neurons = 128
    /// The weight of the mask state's loss.
    public var mask = 0.25
    /// The share of steps in which the coarse scale sees the bare pictures of masked faces.
    public var paired = 0.0

    /// Creates the default settings.
    public init() {}

    func check(_ fields: FieldChecks) throws {
        try fields["width"].expect(width, in: 8...1024)
        try fields["heads"].expect(heads >= 1 && width % heads == 0, heads, "a divisor of width")
        try fields["neurons"].expect(neurons, in: 1...4096)
        try fields["mask"].expect(mask, in: 0...1000)
        try fields["paired"].expect(paired, in: 0...1)
    }

    /// The network's parts; `nil` for none.
    var configuration: DualScaleConfiguration? {
        guard let scales = DualScaleConfiguration.Scales(rawValue: scales.rawValue) else { return nil }
        var parts = DualScaleConfiguration()
        parts.scales = scales
        parts.attention = AttentionNormalization(rawValue: attention.rawValue)
        (parts.isSelective, parts.width, parts.heads, parts.neurons) = (isSelective, width, heads, neurons)
        return parts
    }
}
