import Training

/// From which pictures the frozen trunk's stages are made, and how they are altered: what several runs share.
public struct StageSettings: Codable, Hashable, Sendable, SampleChoice {
    /// A folder that `likeness pack` made.
    public var archive = "people.archive"
    /// Another such folder, of faces of nobody knows whom: each is taken for a person of its own and trained on; empty for
    /// none.
    public var unlabelled = ""
    /// The folder of models, empty for the installation's: FaceNet-128 for the trunk, SFace as a second teacher.
    public var models = ""
    /// The inference engine's folder; empty for the installation's.
    public var engine = ""
    /// Where stages are kept for the next run.
    public var cache = ".data/stages"
    /// At most so many pictures of each person.
    public var picturesPerPerson = 12
    /// At most so many pictures of each person who is held out; `nil` for as many as of the others.
    public var heldOutPictures: Int?
    /// The share of people who are held out.
    public var heldOut = 0.15
    /// Who is held out, and which pictures are chosen.
    public var splitSeed: UInt64 = 1
    /// How many altered copies of each picture there are.
    public var altered = 1
    /// How many copies with a drawn mask there are.
    public var covered = 2
    /// How many copies with a mask that the model `mask-gan` put on there are.
    public var generated = 0
    /// Whether each copy with a mask has one of which the model `unmask-gan` took it off.
    public var completes = false
    /// What finds faces with a drawn mask anew, as it would in a photograph, those of held-out people excepted; `nil` cuts
    /// them where the bare face was found.
    public var finder: Finder?

    /// What may find faces again.
    public enum Finder: String, Codable, Hashable, Sendable, CaseIterable {
        /// The default detector.
        case yunet
    }

    /// The defaults.
    public init() {}

    func check(_ fields: FieldChecks) throws { try checkChoice(fields) }
}

/// How a face is shown to a network that trains.
public enum ShownAs: String, Codable, Hashable, Sendable, CaseIterable {
    /// As it is.
    case plain
    /// As another camera might have seen it.
    case altered
    /// With a drawn mask.
    case covered
    /// With a mask that a generator put on.
    case generated

    /// Whether the face wears a mask.
    var wearsMask: Bool { self == .covered || self == .generated }

    /// Whether the sample is one of `chosen`.
    static func isShown(_ sample: StageSample, as chosen: [ShownAs]) -> Bool {
        ShownAs(rawValue: sample.kind.rawValue).map(chosen.contains) ?? false
    }
}
