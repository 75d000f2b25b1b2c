public import Training

/// What `feature-gan` wants to know.
public struct FeatureGenerationSettings: ConfigurationSection, Hashable {
    /// A folder that `likeness pack` made.
    public var archive = "people.archive"
    /// The folder of models; empty for the installation's.
    public var models = ""
    /// The inference engine's folder; empty for the installation's.
    public var engine = ""
    /// The model whose embeddings are made visible; the default is the one with paper A's feature fusion.
    public var model = "facenet-strengthened"
    /// Where the embeddings are kept for the next run.
    public var cache = ".data/descriptions"
    /// The share of people who are held out.
    public var heldOut = 0.15
    /// Who is held out.
    public var splitSeed: UInt64 = 1
    /// The channels of the generator's finest level.
    public var width = 24
    /// The channels of the discriminator's first layer.
    public var discriminatorWidth = 64
    /// The weight of the pixels' differences.
    public var reconstruction = 5.0
    /// The weight of the differences of the trunk's maps (Johnson et al., 2016).
    public var perceptual = 1.0
    /// The weight of 1 − cosine of FaceNet-128's embeddings.
    public var identity = 2.0
    /// The weight of the discriminator's opinion.
    public var adversarial = 0.3
    /// The weight of the discriminator's identity head (paper A), in both networks' losses.
    public var identityHead = 0.5
    /// Over how many faces of a batch the trunk's losses are taken: the trunk costs more than the generator.
    public var perceptualFaces = 2
    /// How much of the averaged generator stays at each step.
    public var averageDecay = 0.998
    /// How many held-out faces are measured at intervals; all of them at the end.
    public var validationFaces = 200

    /// The defaults.
    public init() {}

    /// Throws where a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["heldOut"].expect(heldOut, in: 0.01...0.9)
        try fields["width"].expect(width, in: 4...128)
        try fields["discriminatorWidth"].expect(discriminatorWidth, in: 4...256)
        for (name, weight) in [
            ("reconstruction", reconstruction), ("perceptual", perceptual), ("identity", identity),
            ("adversarial", adversarial), ("identityHead", identityHead),
        ] { try fields[name].expect(weight, in: 0...1000) }
        try fields["perceptualFaces"].expect(perceptualFaces, in: 1...1000)
        try fields["averageDecay"].expect((0..<1).contains(averageDecay), averageDecay, "from 0 to under 1")
        try fields["validationFaces"].expect(validationFaces, in: 2...100_000)
    }
}
