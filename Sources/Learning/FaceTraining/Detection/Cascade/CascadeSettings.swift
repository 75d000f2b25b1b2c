import Training

/// The settings of the tasks `mtcnn-p`, `mtcnn-r` and `mtcnn-o`.
struct CascadeSettings: ConfigurationSection, Hashable {
    /// The weights from which training starts: those of `cascade`, or random ones.
    var start = DetectorStart.published
    /// A folder of an MTCNN with `card.json`: the networks before the trained one propose hard examples, and the others
    /// are copied, so that each task leaves a whole cascade. Empty for the installation's `mtcnn`.
    var cascade = ""
    /// The number of squares in an epoch.
    var squaresPerEpoch = 200_000
    /// The number of squares that are cut out of a scene.
    var squaresPerScene = 48
    /// The number of scenes in which the networks before the trained one look for hard examples.
    var minedScenes = 400
    /// The share of hard examples in a batch. P-Net has none, because no network is before it.
    var minedShare = 0.5
    /// The number of scenes of validation photographs on which the network is measured.
    var validationScenes = 60
    /// The scenes.
    var scenes = SceneSourceSettings()

    /// Creates the default settings.
    init() {}

    /// Throws an error if a value is out of range.
    func check(_ fields: FieldChecks) throws {
        try fields["squaresPerEpoch"].expect(squaresPerEpoch, atLeast: 1)
        try fields["squaresPerScene"].expect(squaresPerScene, in: 7...1000)
        try fields["minedScenes"].expect(minedScenes, in: 0...100_000)
        try fields["minedShare"].expect(minedShare, in: 0...0.9)
        try fields["validationScenes"].expect(validationScenes, in: 1...10_000)
        try scenes.check(fields["scenes"])
    }
}
