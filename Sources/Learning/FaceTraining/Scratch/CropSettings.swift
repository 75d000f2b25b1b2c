/// From which pictures crops are cut, and how they are altered: what several networks share.
public struct CropSettings: Codable, Hashable, Sendable, SampleChoice {
    /// A folder that `likeness pack` made.
    public var archive = "people.archive"
    /// Where crops are kept for the next run.
    public var cache = ".data/crops"
    /// At most so many pictures of each person.
    public var picturesPerPerson = 8
    /// The share of people who are held out.
    public var heldOut = 0.15
    /// Who is held out, and which pictures are chosen.
    public var splitSeed: UInt64 = 1
    /// Of the others, only so many with the most pictures are trained on; 0 for all.
    public var people = 0
    /// At most so many pictures of each person who is held out; `nil` for as many as of the others.
    public var heldOutPictures: Int?
    /// Into how many folds the pictures of each person who is trained on are dealt, of which one is kept from training:
    /// the same people, other pictures (paper C); 0 for none.
    public var folds = 0
    /// How many altered copies of each picture there are.
    public var altered = 1
    /// How many copies with a mask there are.
    public var covered = 1

    /// The defaults.
    public init() {}

    var generated: Int { 0 }
    var completes: Bool { false }
}
