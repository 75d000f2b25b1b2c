public import Networks
public import Training

/// The settings of the task `extractor-fusion`.
public struct ExtractorFusionSettings: ConfigurationSection, Hashable {
    /// An archive folder from `likeness pack` with known people.
    public var archive = ".data/people.archive"
    /// An archive folder from `likeness pack` with unlabeled faces, for the means and the principal components; empty for
    /// none.
    public var unlabelled = ""
    /// The folder of the model that gives the embeddings of both extractors, one after the other, as 256 numbers.
    public var extractors = ".output/experiments/precise/home/models/precise-joined"
    /// The inference engine's folder; empty for the installation's folder.
    public var engine = ""
    /// The folder of the cached embeddings.
    public var cache = ".data/teachers"
    /// The share of held-out people.
    public var heldOut = 0.15
    /// The seed that selects the held-out people and the alterations.
    public var splitSeed: UInt64 = 1
    /// The largest number of pictures per person.
    public var picturesPerPerson = 4
    /// The number of altered copies of each picture, besides the unaltered one.
    public var copies = 2
    /// The form in which the context changes the joined embedding (Karamizadeh et al., 2025); `nil` for none.
    public var form: ContextFusionConfiguration.Form?
    /// Whether the context decides how much each extractor counts.
    public var isWeighted = true
    /// The share of the first extractor, 0...1, if the context does not decide it.
    public var share = 0.5
    /// The units of the hidden layer between the context and the weights; 0 for a logistic function of the context alone.
    public var hiddenUnits = 0
    /// The clusters of faces whose means are subtracted; 1 for one mean.
    public var clusters = 1
    /// How sharply a face belongs to the nearest cluster: the factor of the cosines in the softmax.
    public var sharpness = 8.0
    /// Whether the projection is trained on from the principal components.
    public var learnsProjection = false
    /// The weight of impostor pairs in the loss.
    public var impostorWeight = 300.0
    /// The weight of the loss over similarities: the fusion keeps those that the principal components give unaltered
    /// pictures.
    public var relations = 1.0
    /// The probability that the mask's entry of the context is hidden in training.
    public var hidden = 0.3
    /// The number of steps in an epoch.
    public var stepsPerEpoch = 50
    /// The number of pictures of each person in a batch.
    public var rowsPerPerson = 4

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["heldOut"].expect(heldOut, in: 0.01...0.9)
        try fields["picturesPerPerson"].expect(picturesPerPerson, in: 2...1000)
        try fields["copies"].expect(copies, in: 0...100)
        try fields["impostorWeight"].expect(
            impostorWeight > 0 && impostorWeight <= 1e6, impostorWeight, "above 0 and at most 1e6")
        try fields["relations"].expect(relations, in: 0...1000)
        try fields["hidden"].expect(hidden, in: 0...1)
        try fields["share"].expect(share, in: 0...1)
        try fields["clusters"].expect(clusters, in: 1...1000)
        try fields["sharpness"].expect(sharpness, in: 0...1000)
        try fields["hiddenUnits"].expect(hiddenUnits, in: 0...1000)
        try fields["stepsPerEpoch"].expect(stepsPerEpoch, in: 1...1_000_000)
        try fields["rowsPerPerson"].expect(rowsPerPerson, in: 2...1000)
    }

    /// The parts of the fusion.
    var fusion: ExtractorFusionConfiguration {
        var parts = ExtractorFusionConfiguration()
        (parts.form, parts.isWeighted, parts.learnsProjection) = (form, isWeighted, learnsProjection)
        (parts.share, parts.hiddenUnits, parts.clusters) = (share, hiddenUnits, clusters)
        return parts
    }
}
