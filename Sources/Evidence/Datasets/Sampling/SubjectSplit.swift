import LikenessSupport

/// People dealt into those that are trained on and those that are held out; nobody is in two.
public struct SubjectSplit: Hashable, Codable, Sendable {
    /// Those that are trained on, in order of name.
    public let training: [String]
    /// Those by whom is decided when to stop and what is best.
    public let validation: [String]
    /// Those that are only ever measured on.
    public let test: [String]

    /// Creates a split by lists of names.
    ///
    /// - Throws: ``DatasetError/sharedSubjects(_:)`` with everyone who is in two of the lists.
    public init(training: some Sequence<String>, validation: some Sequence<String>, test: some Sequence<String> = [])
        throws
    {
        let sets = [Set(training), Set(validation), Set(test)]
        var seen: Set<String> = [], shared: Set<String> = []
        for names in sets {
            shared.formUnion(seen.intersection(names))
            seen.formUnion(names)
        }
        guard shared.isEmpty else { throw DatasetError.sharedSubjects(shared.sorted()) }
        self.training = sets[0].sorted()
        self.validation = sets[1].sorted()
        self.test = sets[2].sorted()
    }

    /// Deals people at random, but always in the same way.
    ///
    /// Each person's place is drawn from the seed and the name alone: when people are added or removed the others stay,
    /// but for a few at the border.
    ///
    /// - Parameters:
    ///   - identities: The people; who comes twice counts once.
    ///   - validation: Share of the people held out for validation, 0...1.
    ///   - test: Share of the people held out for tests, 0...1; with `validation` less than 1.
    ///   - seed: Another seed, another split.
    public init(dealing identities: some Sequence<String>, validation: Double, test: Double = 0, seed: UInt64) {
        precondition(validation >= 0 && test >= 0 && validation + test < 1, "somebody is left to train on")
        let names = Set(identities).map { name in (rank: Self.rank(name, seed: seed), name: name) }
            .sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }.map(\.name)
        let held = (Double(names.count) * validation).rounded(), tested = (Double(names.count) * test).rounded()
        self.validation = names.prefix(Int(held)).sorted()
        self.test = names.dropFirst(Int(held)).prefix(Int(tested)).sorted()
        training = names.dropFirst(Int(held) + Int(tested)).sorted()
    }

    /// FNV-1a of the name, mixed with the seed.
    private static func rank(_ name: String, seed: UInt64) -> UInt64 {
        let hash = name.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: hash ^ seed &* 0x9E37_79B9_7F4A_7C15)
        return generator.next()
    }
}
