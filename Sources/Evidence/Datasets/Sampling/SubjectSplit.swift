import LikenessSupport

/// A split of people into training, validation and test sets without overlap.
///
/// ```swift
/// let split = SubjectSplit(dealing: archive.identities, validation: 0.1, test: 0.1, seed: 1)
/// let training = archive.indices(of: split.training)
/// print(training.count, "pictures of", split.training.count, "people")
/// ```
public struct SubjectSplit: Hashable, Codable, Sendable {
    /// The people to train on, in order of name.
    public let training: [String]
    /// The people for early stopping and model selection.
    public let validation: [String]
    /// The people for the final measurements only.
    public let test: [String]

    /// Creates a split from lists of names.
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

    /// Creates a random but reproducible split.
    ///
    /// Each person's set depends only on the seed and the name. If people are added or removed, the others stay in
    /// their sets, except for a few at the boundaries.
    ///
    /// - Parameters:
    ///   - identities: The people; repeated names count once.
    ///   - validation: The share of the people for validation, 0...1.
    ///   - test: The share of the people for tests, 0...1; with `validation` less than 1.
    ///   - seed: The seed of the split.
    public init(dealing identities: some Sequence<String>, validation: Double, test: Double = 0, seed: UInt64) {
        precondition(
            validation >= 0 && test >= 0 && validation + test < 1,
            "the shares must be 0 or more, and their "
                + "sum below 1")
        let names = Set(identities).map { name in (rank: Self.rank(name, seed: seed), name: name) }
            .sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }.map(\.name)
        let held = (Double(names.count) * validation).rounded(), tested = (Double(names.count) * test).rounded()
        self.validation = names.prefix(Int(held)).sorted()
        self.test = names.dropFirst(Int(held)).prefix(Int(tested)).sorted()
        training = names.dropFirst(Int(held) + Int(tested)).sorted()
    }

    /// Returns the FNV-1a hash of the name, mixed with the seed.
    private static func rank(_ name: String, seed: UInt64) -> UInt64 {
        let hash = name.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: hash ^ seed &* 0x9E37_79B9_7F4A_7C15)
        return generator.next()
    }
}
