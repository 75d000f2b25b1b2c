import Networks
import Training

/// What `face-embedding` wants to know of the two scales with efficient attention (paper C).
public struct DualScaleSettings: Codable, Hashable, Sendable {
    /// Which scales there are.
    public enum Scales: String, Codable, Hashable, Sendable, CaseIterable {
        /// Not any.
        case none
        /// Both.
        case both
        /// The one of 8 × 8 places.
        case fine
        /// The one of 3 × 3 places.
        case coarse
    }

    /// How attention is normalised.
    public enum Attention: String, Codable, Hashable, Sendable, CaseIterable {
        /// There is no attention.
        case none
        /// Divided by the square root of the number of places.
        case scaling
        /// Summing to 1.
        case softmax
    }

    /// Which scales there are.
    public var scales = Scales.none
    /// How attention is normalised.
    public var attention = Attention.softmax
    /// Whether the scales are joined by weights that depend on the face.
    public var isSelective = true
    /// How many channels a scale has.
    public var width = 128
    /// The heads of the attention.
    public var heads = 4
    /// In how many numbers a scale describes a face.
    public var neurons = 128
    /// The weight of the mask's state in the loss.
    public var mask = 0.25
    /// In which share of the steps faces with a mask bring their bare picture along: to the coarse scale.
    public var paired = 0.0

    /// The defaults.
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
