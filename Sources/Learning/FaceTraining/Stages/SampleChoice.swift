import Training

/// The number of pictures per person and their alterations.
protocol SampleChoice {
    /// The largest number of pictures per person.
    var picturesPerPerson: Int { get }
    /// The share of held-out people.
    var heldOut: Double { get }
    /// The seed that selects the held-out people and the pictures.
    var splitSeed: UInt64 { get }
    /// The number of training people, those with the most pictures; 0 for all.
    var people: Int { get }
    /// The number of folds into which the pictures of each training person are split; 0 for none.
    var folds: Int { get }
    /// The largest number of pictures per held-out person; `nil` for the same number as for other people.
    var heldOutPictures: Int? { get }
    /// The number of altered copies of each picture.
    var altered: Int { get }
    /// The number of copies of each picture, also of held-out people, that may be altered until they are unusable.
    var degraded: Int { get }
    /// The number of copies with a drawn mask.
    var covered: Int { get }
    /// The number of copies with a generated mask.
    var generated: Int { get }
    /// Whether each copy with a mask also has one that a generator completed.
    var completes: Bool { get }
}

extension SampleChoice {
    var people: Int { 0 }
    var folds: Int { 0 }
    var degraded: Int { 0 }

    func checkChoice(_ fields: FieldChecks) throws {
        try fields["picturesPerPerson"].expect(picturesPerPerson, in: 2...10_000)
        try fields["heldOut"].expect(heldOut, in: 0.01...0.9)
        try fields["people"].expect(people >= 0 && people != 1, people, "0, or at least 2")
        try fields["folds"].expect(folds == 0 || (2...1000).contains(folds), folds, "0, or from 2 to 1000")
        if let heldOutPictures { try fields["heldOutPictures"].expect(heldOutPictures, in: 2...10_000) }
        for (name, count) in [
            ("altered", altered), ("covered", covered), ("generated", generated), ("degraded", degraded),
        ] {
            try fields[name].expect(count, in: 0...100)
        }
    }
}
