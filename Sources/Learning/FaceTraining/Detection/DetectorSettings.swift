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
        try fields["landmarkWeight"].expect(landmarkWeight, in: 0...100)
        try scenes.check(fields["scenes"])
    }
}
