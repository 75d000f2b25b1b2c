import Training

/// From which pictures the frozen trunk's stages are made, and how they are altered: what several runs share.
public struct StageSettings: Codable, Hashable, Sendable {
    /// A folder that `likeness pack` made.
    public var archive = "people.archive"
    /// The installation's folder of models: FaceNet-128 for the trunk, SFace as a second teacher.
    public var models = ".deps/models"
    /// The inference engine's folder.
    public var engine = ".deps/openvino/lib"
    /// Where stages are kept for the next run.
    public var cache = ".data/stages"
    /// At most so many pictures of each person.
    public var picturesPerPerson = 12
    /// The share of people who are held out.
    public var heldOut = 0.15
    /// Who is held out, and which pictures are chosen.
    public var splitSeed: UInt64 = 1
    /// How many altered copies of each picture there are.
    public var altered = 1
    /// How many copies with a mask there are.
    public var covered = 2

    /// The defaults.
    public init() {}

    func check(_ fields: FieldChecks) throws {
        try fields["picturesPerPerson"].expect(picturesPerPerson, in: 2...10_000)
        try fields["heldOut"].expect(heldOut, in: 0.01...0.9)
        try fields["altered"].expect(altered, in: 0...100)
        try fields["covered"].expect(covered, in: 0...100)
    }
}
