import Augmentation
import Networks
public import Training

/// What `mask-gan` wants to know.
public struct FaceTranslationSettings: ConfigurationSection, Hashable {
    /// What the generator does.
    public enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
        /// Takes masks off: completes what they hide.
        case unmask
        /// Puts masks on.
        case mask
    }

    /// What the generator does.
    public var direction = Direction.unmask
    /// A folder that `likeness pack` made.
    public var archive = "people.archive"
    /// The folder of models, empty for the installation's: FaceNet-128's trunk says which faces look alike.
    public var models = ""
    /// The share of people who are held out.
    public var heldOut = 0.15
    /// Who is held out.
    public var splitSeed: UInt64 = 1
    /// The channels of the generator at half the picture's side.
    public var width = 32
    /// The residual blocks in its middle.
    public var blocks = 3
    /// The channels of the discriminator's first layer.
    public var discriminatorWidth = 64
    /// The weight of the pixels' differences (paper C, equation 2).
    public var reconstruction = 10.0
    /// The weight of the differences of the trunk's maps (Johnson et al., 2016).
    public var perceptual = 1.0
    /// The weight of 1 − cosine of FaceNet-128's embeddings.
    public var identity = 2.0
    /// The weight of the discriminator's opinion (paper C, equation 3).
    public var adversarial = 0.3
    /// Over how many faces of a batch the trunk's losses are taken: the trunk costs more than the generator.
    public var perceptualFaces = 2
    /// In which share of the pairs a generator that takes masks off is shown a face without one, to be left alone.
    public var unchanged = 0.1
    /// How much of the averaged generator stays at each step.
    public var averageDecay = 0.998
    /// How many held-out faces are measured at intervals; all of them at the end.
    public var validationFaces = 200

    /// The defaults.
    public init() {}

    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["heldOut"].expect(heldOut, in: 0.01...0.9)
        try fields["width"].expect(width, in: 8...256)
        try fields["blocks"].expect(blocks, in: 0...8)
        try fields["discriminatorWidth"].expect(discriminatorWidth, in: 4...256)
        for (name, weight) in [
            ("reconstruction", reconstruction), ("perceptual", perceptual), ("identity", identity),
            ("adversarial", adversarial),
        ] { try fields[name].expect(weight, in: 0...1000) }
        try fields["perceptualFaces"].expect(perceptualFaces, in: 1...1000)
        try fields["unchanged"].expect(unchanged, in: 0...1)
        try fields["averageDecay"].expect((0..<1).contains(averageDecay), averageDecay, "from 0 to under 1")
        try fields["validationFaces"].expect(validationFaces, in: 2...100_000)
    }

    /// The generator's size.
    var generator: FaceTranslatorConfiguration {
        var configuration = FaceTranslatorConfiguration()
        (configuration.width, configuration.blocks) = (width, blocks)
        configuration.styleSize = direction == .mask ? MaskLook.size : 0
        return configuration
    }
}
