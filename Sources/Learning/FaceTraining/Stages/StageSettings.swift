import Training

/// The pictures for the frozen trunk's stages and their alterations, which several runs share.
public struct StageSettings: Codable, Hashable, Sendable, SampleChoice {
    /// An archive folder from `likeness pack`.
    public var archive = "people.archive"
    /// Another archive folder with unlabeled faces. Each counts as a separate person and is used for training. Empty
    /// for none.
    public var unlabelled = ""
    /// The folder of models; empty for the installation's folder. FaceNet-128 is the trunk, SFace a second teacher.
    public var models = ""
    /// The inference engine's folder; empty for the installation's folder.
    public var engine = ""
    /// The folder of the cached stages.
    public var cache = ".data/stages"
    /// The largest number of pictures per person.
    public var picturesPerPerson = 12
    /// The largest number of pictures per held-out person; `nil` for the same number as for other people.
    public var heldOutPictures: Int?
    /// The share of held-out people.
    public var heldOut = 0.15
    /// The seed that selects the held-out people and the pictures.
    public var splitSeed: UInt64 = 1
    /// The number of altered copies of each picture.
    public var altered = 1
    /// The number of copies with a drawn mask.
    public var covered = 2
    /// The number of copies with a mask from the model `mask-gan`.
    public var generated = 0
    /// Whether each copy with a mask also has one that the model `unmask-gan` completed.
    public var completes = false
    /// The detector that detects training faces with drawn masks again, as in a photograph; `nil` to keep the box of
    /// the bare face. Held-out people always keep it.
    public var finder: Finder?

    /// The detectors for faces with drawn masks.
    public enum Finder: String, Codable, Hashable, Sendable, CaseIterable {
        /// The default detector.
        case yunet
    }

    /// Creates the default settings.
    public init() {}

    func check(_ fields: FieldChecks) throws { try checkChoice(fields) }
}

/// The variants of faces that a network can train on.
public enum ShownAs: String, Codable, Hashable, Sendable, CaseIterable {
    /// The face without alterations.
    case plain
    /// The face with camera alterations.
    case altered
    /// The face with a drawn mask.
    case covered
    /// The face with a mask from a generator.
    case generated

    /// Whether the face is masked.
    var wearsMask: Bool { self == .covered || self == .generated }

    /// Returns whether the sample is one of the variants `chosen`.
    static func isShown(_ sample: StageSample, as chosen: [ShownAs]) -> Bool {
        ShownAs(rawValue: sample.kind.rawValue).map(chosen.contains) ?? false
    }
}
