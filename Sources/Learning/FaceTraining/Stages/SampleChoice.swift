import Training

/// How many pictures of whom are chosen, and how they are altered.
protocol SampleChoice {
    /// At most so many pictures of each person.
    var picturesPerPerson: Int { get }
    /// The share of people who are held out.
    var heldOut: Double { get }
    /// Who is held out, and which pictures are chosen.
    var splitSeed: UInt64 { get }
    /// Of the others, only so many with the most pictures are trained on; 0 for all.
    var people: Int { get }
    /// Into how many folds the pictures of each person who is trained on are dealt; 0 for none.
    var folds: Int { get }
    /// At most so many pictures of each person who is held out; `nil` for as many as of the others.
    var heldOutPictures: Int? { get }
    /// How many altered copies of each picture there are.
    var altered: Int { get }
    /// How many copies with a drawn mask there are.
    var covered: Int { get }
    /// How many copies with a generated mask there are.
    var generated: Int { get }
    /// Whether each copy with a mask has one without, completed by a generator.
    var completes: Bool { get }
}

extension SampleChoice {
    var people: Int { 0 }
    var folds: Int { 0 }

    func checkChoice(_ fields: FieldChecks) throws {
        try fields["picturesPerPerson"].expect(picturesPerPerson, in: 2...10_000)
        try fields["heldOut"].expect(heldOut, in: 0.01...0.9)
        try fields["people"].expect(people >= 0 && people != 1, people, "0, or 2 and more")
        try fields["folds"].expect(folds == 0 || (2...1000).contains(folds), folds, "0, or from 2 to 1000")
        if let heldOutPictures { try fields["heldOutPictures"].expect(heldOutPictures, in: 2...10_000) }
        for (name, count) in [("altered", altered), ("covered", covered), ("generated", generated)] {
            try fields[name].expect(count, in: 0...100)
        }
    }
}
