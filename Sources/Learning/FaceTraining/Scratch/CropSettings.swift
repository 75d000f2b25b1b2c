/// The pictures for crops and their alterations, which several networks share.
public struct CropSettings: Codable, Hashable, Sendable, SampleChoice {
    /// An archive folder from `likeness pack`.
    public var archive = "people.archive"
    /// The folder of the cached crops.
    public var cache = ".data/crops"
    /// The largest number of pictures per person.
    public var picturesPerPerson = 8
    /// The share of held-out people.
    public var heldOut = 0.15
    /// The seed that selects the held-out people and the pictures.
    public var splitSeed: UInt64 = 1
    /// The number of training people, those with the most pictures; 0 for all.
    public var people = 0
    /// The largest number of pictures per held-out person; `nil` for the same number as for other people.
    public var heldOutPictures: Int?
    /// The number of folds into which the pictures of each training person are split, one of which is excluded from
    /// training (same people, other pictures, as in the DS-AEAN paper); 0 for none.
    public var folds = 0
    /// The number of altered copies of each picture.
    public var altered = 1
    /// The number of copies with a mask.
    public var covered = 1
    /// The number of copies of each picture, also of held-out people, that may be altered until they are unusable.
    public var degraded = 0

    /// Creates the default settings.
    public init() {}

    var generated: Int { 0 }
    var completes: Bool { false }
}
