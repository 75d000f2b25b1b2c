import Augmentation
import Networks
public import Training

/// The settings of the task `mask-gan`.
public struct FaceTranslationSettings: ConfigurationSection, Hashable {
    /// The direction of the translation.
    public enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
        /// The generator takes masks off and completes the hidden part of the face.
        case unmask
        /// The generator puts masks on.
        case mask
    }

    /// The direction of the translation.
    public var direction = Direction.unmask
    /// An archive folder from `likeness pack`.
    public var archive = "people.archive"
    /// The folder of models; empty for the installation's folder. FaceNet-128's trunk measures the similarity of faces.
    public var models = ""
    /// The share of held-out people.
    public var heldOut = 0.15
    /// The seed that selects the held-out people.
    public var splitSeed: UInt64 = 1
    /// The channels of the generator at half the picture's side.
    public var width = 32
    /// The number of residual blocks in the middle.
    public var blocks = 3
    /// The channels of the discriminator's first layer.
    public var discriminatorWidth = 64
    /// The weight of the pixels' differences (DS-AEAN paper, equation 2).
    public var reconstruction = 10.0
    /// The weight of the perceptual loss, the differences of the trunk's maps (Johnson et al., 2016).
    public var perceptual = 1.0
    /// The weight of 1 − cosine of FaceNet-128's embeddings.
    public var identity = 2.0
    /// The weight of the adversarial loss (DS-AEAN paper, equation 3).
    public var adversarial = 0.3
    /// The number of faces of a batch in the losses of the trunk, which costs more than the generator.
    public var perceptualFaces = 2
    /// The share of pairs in which a generator that takes masks off sees a bare face, which it must leave unchanged.
    public var unchanged = 0.1
    /// The decay of the averaged generator: the share of the old average that each step keeps.
    public var averageDecay = 0.998
    /// The number of held-out faces in each validation; the final measurement uses all of them.
    public var validationFaces = 200

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
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
        try fields["averageDecay"].expect((0..<1).contains(averageDecay), averageDecay, "from 0 to below 1")
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
