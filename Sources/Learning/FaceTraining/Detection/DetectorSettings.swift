public import Training

/// The settings of the task `yunet`.
public struct DetectorSettings: ConfigurationSection, Hashable {
    /// The weights from which training starts.
    public enum Start: String, Codable, Hashable, Sendable, CaseIterable {
        /// The published weights.
        case published
        /// Random weights.
        case random
    }

    /// The weights from which training starts.
    public var start = Start.published
    /// Archives from `likeness pack`, whose faces are pasted on photographs.
    public var archives = [".data/people.archive"]
    /// A folder of photographs with the boxes of all faces in them in `boxes.csv`.
    public var photographs = ".data/street"
    /// The folder of models; empty for the installation's folder.
    public var models = ""
    /// The number of scenes in an epoch.
    public var scenesPerEpoch = 2048
    /// The side of a scene, in pixels.
    public var side = 320
    /// The largest number of faces that are added to a scene.
    public var facesPerScene = 5
    /// The longer side of the smallest added face, in pixels.
    public var smallest = 10.0
    /// The longer side of the largest added face, in pixels.
    public var largest = 400.0
    /// The largest rotation of an added face, in degrees.
    public var rotation = 30.0
    /// The share of scenes that show a photograph with the faces in it.
    public var photographShare = 0.35
    /// The share of scenes that one face fills.
    public var tightShare = 0.15
    /// The share of added faces that the scene's edge may cut off.
    public var cutShare = 0.15
    /// The share of added faces on which a mask is drawn.
    public var maskShare = 0.3

    /// Creates the default settings.
    public init() {}

    /// Throws an error if a value is out of range.
    public func check(_ fields: FieldChecks) throws {
        try fields["archives"].expect(!archives.isEmpty, archives, "one or more folders")
        try fields["scenesPerEpoch"].expect(scenesPerEpoch, atLeast: 1)
        try fields["side"].expect(
            (64...2048).contains(side) && side % 32 == 0, side, "a multiple of 32 from 64 to 2048")
        try fields["facesPerScene"].expect(facesPerScene, in: 0...100)
        try fields["smallest"].expect(smallest, in: 4...Double(side) / 2)
        try fields["largest"].expect(largest >= smallest && largest <= 4096, largest, "from smallest to 4096")
        try fields["rotation"].expect(rotation, in: 0...180)
        for (name, share) in [
            ("photographShare", photographShare), ("tightShare", tightShare), ("cutShare", cutShare),
            ("maskShare", maskShare),
        ] { try fields[name].expect(share, in: 0...1) }
        try fields["tightShare"].expect(
            photographShare + tightShare <= 1, tightShare, "at most 1 together with photographShare")
    }

    /// The settings of the scenes.
    var scenes: SceneSettings {
        var scenes = SceneSettings()
        (scenes.side, scenes.faces, scenes.rotation) = (side, facesPerScene, Float(rotation))
        scenes.sizes = Float(smallest)...Float(largest)
        (scenes.photographs, scenes.tight) = (Float(photographShare), Float(tightShare))
        (scenes.cut, scenes.masks) = (Float(cutShare), Float(maskShare))
        return scenes
    }
}
