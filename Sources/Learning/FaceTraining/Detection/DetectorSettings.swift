public import Training

/// The weights from which the training of a detector starts.
public enum DetectorStart: String, Codable, Hashable, Sendable, CaseIterable {
    /// The published weights or, for MTCNN, those of the cascade that the settings name.
    case published
    /// Random weights.
    case random
}

/// The settings of the task `yunet`.
public struct DetectorSettings: ConfigurationSection, Hashable {
    /// The weights from which training starts.
    public var start = DetectorStart.published
    /// The folder of models, whose `yunet` is the published detector or an earlier result of this task; empty for the
    /// installation's folder.
    public var models = ""
    /// The number of scenes in an epoch.
    public var scenesPerEpoch = 2048
    /// The share of the averaged weights that each step keeps.
    public var averageDecay = 0.998
    /// The share of the installation's published weights in the exported ones, which keeps more of what the published
    /// detector finds (Wortsman et al., *Robust fine-tuning of zero-shot models*, 2022, arXiv:2109.01903); 0 exports the
    /// trained weights. Only for training from published weights.
    public var publishedShare = 0.0
    /// The weight of the landmarks in the loss; the published one is 0.1.
    public var landmarkWeight = 0.5
    /// The scenes.
    public var scenes = SceneSourceSettings()

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["scenesPerEpoch"].expect(scenesPerEpoch, atLeast: 1)
        try fields["averageDecay"].expect((0..<1).contains(averageDecay), averageDecay, "from 0 to below 1")
        try fields["publishedShare"].expect(publishedShare, in: 0...1)
        try fields["publishedShare"].expect(
            publishedShare == 0 || start == .published, publishedShare, "0 if training starts from random weights")
        try fields["landmarkWeight"].expect(landmarkWeight, in: 0...100)
        try scenes.check(fields["scenes"])
    }
}
