import Training

/// How many pictures of whom are chosen, and how they are altered.
protocol SampleChoice {
    /// At most so many pictures of each person.
    var picturesPerPerson: Int { get }
    /// The share of people who are held out.
    var heldOut: Double { get }
    /// Who is held out, and which pictures are chosen.
    var splitSeed: UInt64 { get }
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
    func checkChoice(_ fields: FieldChecks) throws {
        try fields["picturesPerPerson"].expect(picturesPerPerson, in: 2...10_000)
        try fields["heldOut"].expect(heldOut, in: 0.01...0.9)
        for (name, count) in [("altered", altered), ("covered", covered), ("generated", generated)] {
            try fields[name].expect(count, in: 0...100)
        }
    }
}
