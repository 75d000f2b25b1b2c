public import Training

/// The settings of the task `feature-gan`.
public struct FeatureGenerationSettings: ConfigurationSection, Hashable {
    /// An archive folder from `likeness pack`.
    public var archive = "people.archive"
    /// The folder of models; empty for the installation's folder.
    public var models = ""
    /// The inference engine's folder; empty for the installation's folder.
    public var engine = ""
    /// The model whose embeddings are visualized. The default has the feature fusion of Ghani et al. (2024).
    public var model = "facenet-strengthened"
    /// The folder of the cached embeddings.
    public var cache = ".data/descriptions"
    /// The share of held-out people.
    public var heldOut = 0.15
    /// The seed that selects the held-out people.
    public var splitSeed: UInt64 = 1
    /// The channels of the generator's finest level.
    public var width = 24
    /// The channels of the discriminator's first layer.
    public var discriminatorWidth = 64
    /// The weight of the pixel differences.
    public var reconstruction = 5.0
    /// The weight of the perceptual loss, the differences of the trunk's maps (Johnson et al., 2016).
    public var perceptual = 1.0
    /// The weight of 1 − cosine of FaceNet-128's embeddings.
    public var identity = 2.0
    /// The weight of the adversarial loss.
    public var adversarial = 0.3
    /// The weight of the discriminator's identity head (Ghani et al., "FFSSA-GAN", 2024) in the losses of both
    /// networks.
    public var identityHead = 0.5
    /// The number of faces of a batch in the losses of the trunk, which costs more than the generator.
    public var perceptualFaces = 2
    /// The decay of the averaged generator: the share of the old average that each step keeps.
    public var averageDecay = 0.998
    /// The number of held-out faces in each validation; the final measurement uses all of them.
    public var validationFaces = 200

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["heldOut"].expect(heldOut, in: 0.01...0.9)
        try fields["width"].expect(width, in: 4...128)
        try fields["discriminatorWidth"].expect(discriminatorWidth, in: 4...256)
        for (name, weight) in [
            ("reconstruction", reconstruction), ("perceptual", perceptual), ("identity", identity),
            ("adversarial", adversarial), ("identityHead", identityHead),
        ] { try fields[name].expect(weight, in: 0...1000) }
        try fields["perceptualFaces"].expect(perceptualFaces, in: 1...1000)
        try fields["averageDecay"].expect((0..<1).contains(averageDecay), averageDecay, "from 0 to below 1")
        try fields["validationFaces"].expect(validationFaces, in: 2...100_000)
    }
}
